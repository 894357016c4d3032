"""What must always hold of threads, posts and their moderation."""

from core.invariants import Invariant

TALK = [
    Invariant(
        name="workshops.posts_without_gap",
        sentence="The posts of a thread are numbered from 1 without a gap, as its counter says.",
        sql="""
        SELECT thread.id, thread.posts_count, count(post.id), max(post.number)
          FROM workshops_thread thread
          LEFT JOIN workshops_post post ON post.thread_id = thread.id
         GROUP BY thread.id
        HAVING count(post.id) <> thread.posts_count OR max(post.number) <> thread.posts_count
            OR count(post.id) = 0
        """,
    ),
    Invariant(
        name="workshops.hidden_for_a_reason",
        sentence="A post is hidden while a hiding stands for a reason, or the word list holds it.",
        sql="""
        SELECT post.id, post.hidden_at, post.held_at FROM workshops_post post
          LEFT JOIN workshops_hiding hiding
            ON hiding.post_id = post.id AND hiding.lifted_at IS NULL
         WHERE (post.hidden_at IS NULL) <> (hiding.id IS NULL AND post.held_at IS NULL)
            OR hiding.id IS NOT NULL AND post.held_at IS NOT NULL
        """,
    ),
    Invariant(
        name="workshops.thread_hidden_with_its_first_post",
        sentence="A thread is hidden exactly while its first post is.",
        sql="""
        SELECT thread.id, thread.hidden_at, post.hidden_at FROM workshops_thread thread
          JOIN workshops_post post ON post.thread_id = thread.id AND post.number = 1
         WHERE (thread.hidden_at IS NULL) <> (post.hidden_at IS NULL)
        """,
    ),
    Invariant(
        name="workshops.answers_in_their_thread",
        sentence="The answer of a question is a later post of the same thread.",
        sql="""
        SELECT thread.id, thread.answer_id FROM workshops_thread thread
          JOIN workshops_post post ON post.id = thread.answer_id
         WHERE post.thread_id <> thread.id OR post.number = 1
        """,
    ),
    Invariant(
        name="workshops.no_judge_in_own_cause",
        sentence="No appeal was decided by who wrote or hid the post.",
        sql="""
        SELECT hiding.id, hiding.ruled_by_id FROM workshops_hiding hiding
          JOIN workshops_post post ON post.id = hiding.post_id
         WHERE hiding.ruled_by_id IN (hiding.hidden_by_id, post.author_id)
        """,
    ),
    Invariant(
        name="workshops.evidence_for_its_own_inquiry",
        sentence="Evidence is for a proposal of its own inquiry; what is adopted has a result.",
        sql="""
        SELECT share.post_id, share.thread_id FROM workshops_contribution share
          JOIN workshops_post post ON post.id = share.post_id
          LEFT JOIN workshops_contribution proposal ON proposal.post_id = share.proposal_id
          LEFT JOIN workshops_result result ON result.thread_id = share.thread_id
         WHERE post.thread_id <> share.thread_id OR post.kind <> 'inquiry'
            OR proposal.thread_id <> share.thread_id OR proposal.role <> 'proposal'
            OR share.adopted_at IS NOT NULL AND result.thread_id IS NULL
        """,
    ),
    Invariant(
        name="workshops.every_edit_kept",
        sentence="A post that was edited keeps a version for each edit.",
        sql="""
        SELECT post.id, post.edits, count(version.id) FROM workshops_post post
          LEFT JOIN workshops_postversion version ON version.post_id = post.id
         WHERE post.edits > 0 GROUP BY post.id HAVING count(version.id) <> post.edits
        """,
    ),
    Invariant(
        name="workshops.held_for_a_word",
        sentence="A held post has a word that holds it and that nobody has looked at.",
        sql="""
        SELECT post.id, post.held_at FROM workshops_post post
         WHERE post.held_at IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM workshops_wordhit hit WHERE hit.post_id = post.id
                  AND hit.verdict = 'hold' AND hit.settled_at IS NULL)
        """,
    ),
    Invariant(
        name="workshops.rules_tried_before_they_hold",
        sentence="A word list holds only after it was tried on what was written.",
        sql="""
        SELECT force.id, force.rules_id FROM workshops_rulesinforce force
         WHERE NOT EXISTS (SELECT 1 FROM workshops_rulestrial trial
                            WHERE trial.rules_id = force.rules_id AND trial.tried_at <= force.since)
        """,
    ),
    Invariant(
        name="workshops.file_versions_without_gap",
        sentence="The versions of a file are numbered without a gap; only the newest stands.",
        sql="""
        SELECT coalesce(file.first_id, file.id), max(file.version), count(*)
          FROM workshops_postfile file GROUP BY 1
        HAVING max(file.version) <> count(*)
            OR count(*) FILTER (WHERE file.replaced_at IS NULL) <> 1
            OR count(DISTINCT file.post_id) <> 1
        """,
    ),
]
