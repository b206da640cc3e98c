using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Shows which words of passages a question has in common with them, as PostgreSQL stems both.</summary>
/// <remarks>Of scripts without spaces, the pairs of signs.</remarks>
public sealed class HitMarks(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>What begins and ends a marked word: two characters that are set aside for a program's own use.</summary>
    public const char Begin = '\ue000';
    public const char End = '\ue001';

    /// <returns>The texts of the passages, marked, by their ids.</returns>
    public async Task<IReadOnlyDictionary<Guid, string>> MarkAsync(
        Guid owner,
        string question,
        IEnumerable<Guid> passages,
        CancellationToken ct
    )
    {
        Guid[] ids = [.. passages];
        // PostgreSQL takes no text with a NUL.
        var asked = CjkBigrams.Without(question.Replace("\0", "", StringComparison.Ordinal));
        var (clear, options) = ($"{Begin}{End}", $"HighlightAll=true, StartSel={Begin}, StopSel={End}");
        await using var db = await databases.CreateDbContextAsync(ct);
        var marked = await db
            .Database.SqlQuery<Marked>(
                $"""
                select p.id as "Passage", ts_headline(spoken.configuration, translate(p.text, {clear}, ''), coalesce(words.any, ''::tsquery), {options}) as "Text"
                from passages p,
                  lateral (select (case when p.language = any({SearchColumn.Languages}) then p.language else 'simple' end)::regconfig as configuration) spoken,
                  lateral (
                    select string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery as any
                    from unnest(tsvector_to_array(to_tsvector(spoken.configuration, {asked}))) as word
                  ) words
                where p.owner_id = {owner} and p.id = any({ids})
                """
            )
            .ToListAsync(ct);
        var pairs = CjkBigrams.Of(question);
        return marked.ToDictionary(row => row.Passage, row => CjkBigrams.Mark(row.Text, pairs, Begin, End));
    }

    private sealed record Marked(Guid Passage, string Text);
}
