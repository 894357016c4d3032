"""What must always hold of the assessment of hosts."""

from core.invariants import Invariant
from workshops.domain.assessment.checking import unreproduced
from workshops.models.correction import OWN_RECORD

ASSESSMENT = [
    Invariant(
        name="workshops.results_come_out_again",
        sentence="Every result is what its formula gives for its counts and adjustments.",
        find=unreproduced,
    ),
    Invariant(
        name="workshops.results_by_published_formulas",
        sentence="Nobody was assessed by a formula that is not published, or by another unit's.",
        sql="""
        SELECT assessment.id, method.id AS method FROM workshops_assessment assessment
          JOIN workshops_method method ON method.id = assessment.method_id
         WHERE method.published_at IS NULL OR method.published_at > assessment.started_at
            OR (method.organisation_id, method.programme_id)
               <> (assessment.organisation_id, assessment.programme_id)
        """,
    ),
    Invariant(
        name="workshops.confirmed_results_stand",
        sentence="Results stand exactly when their assessment is confirmed and nothing waits.",
        sql="""
        SELECT result.id, assessment.state, result.confirmed_at FROM workshops_hostresult result
          JOIN workshops_assessment assessment ON assessment.id = result.assessment_id
         WHERE (assessment.state = 'confirmed') <> (result.confirmed_at IS NOT NULL)
        UNION ALL
        SELECT result.id, assessment.state, asked.asked_at FROM workshops_correction asked
          JOIN workshops_hostresult result ON result.id = asked.result_id
          JOIN workshops_assessment assessment ON assessment.id = result.assessment_id
         WHERE asked.ruled_at IS NULL AND asked.plea = 'correction'
           AND assessment.state = 'confirmed'
        """,
    ),
    Invariant(
        name="workshops.results_of_real_terms",
        sentence="A result is of somebody who hosted that workshop of the unit in that time.",
        sql="""
        SELECT result.id, result.user_id FROM workshops_hostresult result
          JOIN workshops_assessment assessment ON assessment.id = result.assessment_id
          JOIN workshops_host term ON term.id = result.term_id
          JOIN workshops_workshop room ON room.id = result.workshop_id
         WHERE (term.user_id, term.workshop_id) <> (result.user_id, result.workshop_id)
            OR room.organisation_id <> assessment.organisation_id
            OR term.starts_on > assessment.ends_on OR term.ends_on < assessment.starts_on
        """,
    ),
    Invariant(
        name="workshops.adjustments_have_their_ruling",
        sentence="Every adjustment is what a ruling granted, and every grant is an adjustment.",
        sql="""
        SELECT asked.id, asked.granted, made.change FROM workshops_correction asked
          LEFT JOIN workshops_adjustment made ON made.correction_id = asked.id
         WHERE coalesce(asked.granted, 0) <> coalesce(made.change, 0)
            OR (made.result_id, made.kind) <> (asked.result_id, asked.kind)
        """,
    ),
    Invariant(
        name="workshops.corrections_of_own_acts",
        sentence="A request about one act names an act of its own host, in the result's workshop.",
        sql=f"""
        SELECT asked.id, asked.act_kind, asked.act_key FROM workshops_correction asked
          JOIN workshops_hostresult result ON result.id = asked.result_id
         WHERE asked.act_key IS NOT NULL
           AND (asked.user_id <> result.user_id OR NOT ({OWN_RECORD.format(asked="asked")}))
        """,  # noqa: S608 - ours
    ),
    Invariant(
        name="workshops.certificates_of_passed_results",
        sentence="A service certificate is of a confirmed result that passed, and of its host.",
        sql="""
        SELECT printed.id, printed.number, result.grade FROM workshops_servicecertificate printed
          JOIN workshops_hostresult result ON result.id = printed.result_id
         WHERE result.confirmed_at IS NULL OR result.grade = 'failed'
            OR result.user_id <> printed.user_id OR result.grade <> printed.printed ->> 'grade'
            OR jsonb_array_length(printed.printed -> 'terms') = 0
        """,
    ),
    Invariant(
        name="workshops.certificate_numbers_are_right",
        sentence="Its number is year, place in the series and check digits; the series has no gap.",
        sql="""
        SELECT id, number FROM workshops_servicecertificate
         WHERE substr(number, 1, 12)::bigint <> year * 100000000::bigint + 90000000 + sequence
            OR number::numeric % 97 <> 1
        UNION ALL
        SELECT series.year, count(printed.id)::text FROM workshops_serviceseries series
          LEFT JOIN workshops_servicecertificate printed ON printed.year = series.year
         GROUP BY series.year, series.last HAVING series.last <> count(printed.id)
        """,
    ),
]
