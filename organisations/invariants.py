"""What must hold of the tree and its history, whatever happened. See ``manage.py verify``."""

from core.invariants import Invariant

INVARIANTS = [
    Invariant(
        name="organisations.path_follows_parent",
        sentence="Every unit's path is its parent's path followed by its own key.",
        sql="""
            SELECT child.id, child.code, child.path FROM organisations_organisation child
            LEFT JOIN organisations_organisation parent ON parent.id = child.parent_id
            WHERE child.path <> coalesce(parent.path, '') || child.id || '/'
        """,
    ),
    Invariant(
        name="organisations.levels_descend",
        sentence="Every unit stands below one of a strictly higher level.",
        sql="""
            SELECT child.id, child.code FROM organisations_organisation child
            JOIN organisations_organisation parent ON parent.id = child.parent_id
            WHERE parent.level >= child.level
        """,
    ),
    Invariant(
        name="organisations.city_run_school_names_its_county",
        sentence="A school directly below a city names its city or one of its counties to act.",
        sql="""
            SELECT school.id, school.code FROM organisations_organisation school
            JOIN organisations_organisation parent ON parent.id = school.parent_id
            LEFT JOIN organisations_organisation acting ON acting.id = school.acting_county_id
            WHERE school.level = 4 AND (
                (parent.level < 3 AND acting.id IS NULL)
                OR (acting.id IS NOT NULL AND (parent.level <> 2 OR acting.level NOT IN (2, 3)
                    OR school.parent_id NOT IN (acting.id, acting.parent_id))))
        """,
    ),
    Invariant(
        name="organisations.one_open_period",
        sentence="A unit that exists has one period without an end, a closed one has none.",
        sql="""
            SELECT org.id, org.code, count(period.id) FROM organisations_organisation org
            LEFT JOIN organisations_organisationperiod period
              ON period.organisation_id = org.id AND period.valid_to IS NULL
            GROUP BY org.id HAVING count(period.id) <> (org.valid_to IS NULL)::int
        """,
    ),
    Invariant(
        name="organisations.open_period_is_the_present",
        sentence="The period without an end says what the unit is called and where it stands.",
        sql="""
            SELECT org.id, org.code FROM organisations_organisation org
            JOIN organisations_organisationperiod period
              ON period.organisation_id = org.id AND period.valid_to IS NULL
            WHERE (period.name, period.parent_id, period.path)
                  IS DISTINCT FROM (org.name, org.parent_id, org.path)
        """,
    ),
    Invariant(
        name="organisations.periods_without_gap",
        sentence="From a unit's first day on, one period follows the other without a gap.",
        sql="""
            SELECT organisation_id, id FROM (
                SELECT organisation_id, id, valid_from, lag(valid_to) OVER history AS former
                FROM organisations_organisationperiod
                WINDOW history AS (PARTITION BY organisation_id ORDER BY valid_from)
            ) period WHERE former IS NOT NULL AND valid_from <> former + 1
        """,
    ),
    Invariant(
        name="organisations.nothing_exists_below_a_closed_unit",
        sentence="Nothing that exists stands below a unit that has been closed.",
        sql="""
            SELECT child.id, child.code FROM organisations_organisation child
            JOIN organisations_organisation parent ON parent.id = child.parent_id
            WHERE child.valid_to IS NULL AND parent.valid_to IS NOT NULL
        """,
    ),
]
