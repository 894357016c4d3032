"""What must always hold in the programme year.

Times are compared with a minute of tolerance: database and web servers keep their own clocks.
"""

from core.invariants import Invariant
from organisations.enums import Level
from programmes.domain.places import place_fault_sql

WRONG_PLACE = f"""
WITH fields AS MATERIALIZED (
    SELECT programme.id AS programme_id, stage.key AS stage, subject.value AS subject
      FROM programmes_programme programme,
           jsonb_each(programme.rule_pack -> 'stages') stage,
           jsonb_array_elements_text(stage.value) subject
), placed AS (
    SELECT staged.id, staged.programme_id,
           {place_fault_sql("staged", "school", "field")} AS fault
      FROM programmes_enrolment staged
      JOIN organisations_organisation school ON school.id = staged.school_id
      LEFT JOIN fields field ON field.programme_id = staged.programme_id
       AND field.stage = staged.stage AND field.subject = staged.subject
     WHERE staged.state IN ('entered', 'confirmed', 'approved')
)
SELECT id, programme_id, fault FROM placed
 WHERE fault IN ('not_a_school', 'person_type', 'stage', 'subject', 'certificate')
"""  # noqa: S608 - names of this product only

INVARIANTS = [
    Invariant(
        "enrolment_once",
        "Nobody is enrolled twice in one programme year.",
        """SELECT user_id, programme_id, count(*) FROM programmes_enrolment
            GROUP BY user_id, programme_id HAVING count(*) > 1""",
    ),
    Invariant(
        "enrolment_place",
        "Stage, subject, person type and certificate of every enrolment fit the year's rules.",
        WRONG_PLACE,
    ),
    Invariant(
        "enrolment_state_audited",
        "The state of every enrolment is the last one that the audit records.",
        """SELECT enrolment.id, enrolment.state, last.to_state
             FROM programmes_enrolment enrolment
             JOIN LATERAL (
                  SELECT record.to_state FROM core_auditrecord record
                   WHERE record.object_label = 'programmes.enrolment'
                     AND record.object_key = enrolment.id::text
                     AND record.verb IN ('enter_enrolment', 'move_enrolment')
                   ORDER BY record.at DESC, record.id DESC LIMIT 1
                  ) last ON last.to_state <> enrolment.state""",
    ),
    Invariant(
        "enrolment_dates_in_order",
        "Nobody was approved or confirmed before being entered.",
        """SELECT id, entered_at, confirmed_at, approved_at FROM programmes_enrolment
            WHERE least(confirmed_at, approved_at) < entered_at - interval '1 minute'""",
    ),
    Invariant(
        "extension_later",
        "Every extension ends after its phase, which has a last day.",
        """SELECT later.id, phase.key, phase.closes_on, later.closes_on
             FROM programmes_phaseextension later
             JOIN programmes_phase phase ON phase.id = later.phase_id
            WHERE phase.closes_on IS NULL OR later.closes_on <= phase.closes_on""",
    ),
    Invariant(
        "pack_parts_add_up",
        "The parts of every rule pack add up to its total.",
        """SELECT programme.id, programme.code, sum((part ->> 'class_hours')::numeric)
             FROM programmes_programme programme,
                  jsonb_array_elements(programme.rule_pack -> 'parts') part
            GROUP BY programme.id
           HAVING sum((part ->> 'class_hours')::numeric)
                  <> (programme.rule_pack #>> '{hours,total}')::numeric""",
    ),
    Invariant(
        "enrolled_at_schools",
        "People are enrolled at schools, never at a county or above.",
        f"""SELECT enrolment.id, school.id, school.level
              FROM programmes_enrolment enrolment
              JOIN organisations_organisation school ON school.id = enrolment.school_id
             WHERE school.level <> {Level.SCHOOL.value}""",  # noqa: S608 - a number of ours
    ),
]
