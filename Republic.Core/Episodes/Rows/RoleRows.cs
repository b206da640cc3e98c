using System.Globalization;
using Republic.Core.Datasets.Rows;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Rows;

/// <summary>
/// The completed steps of a role as rows of training data: what the role knew before and was asked are the user's turns, what it said the assistant's.
/// What other people said is no answer in any of them, also where they played the role for a while.
/// </summary>
public sealed class RoleRows
{
    /// <summary>In characters. Longer ones are left out: together, the rows of a long episode would be as long as its square.</summary>
    public const int LongestRow = 100_000;

    private readonly List<KnownTurn> turns = [];
    private readonly List<KnownRow> rows = [];
    private int steps;

    private RoleRows(string role) => Role = role;

    public string Role { get; }

    public int Count => rows.Count;

    /// <summary>The number of steps that are no row since it would be longer than <see cref="LongestRow"/>.</summary>
    public int TooLong { get; private set; }

    /// <summary>Whether other people said something of what the role knew in one of the rows.</summary>
    public bool HasWordsOfOthers => rows.Exists(row => row.KnownTurns > 0 && turns[row.KnownTurns - 1].FollowsOthers);

    /// <summary>Each row as a conversation that begins with the user and ends with the assistant, the oldest step first.</summary>
    public IEnumerable<IReadOnlyList<RowMessage>> Conversations => rows.Select(Conversation);

    /// <summary>Why there is no row, and what to do; null where there is one.</summary>
    public string? Problem =>
        Count > 0 ? null
        : TooLong > 0
            ? $"With what “{ElementName.Of(Role)}” knew before, each of its steps has more than {LongestRow.ToString("N0", CultureInfo.InvariantCulture)} characters: too long for a row. Choose another role."
        : steps > 0
            ? $"Other people played “{ElementName.Of(Role)}”, and their words are not yours to train on. Choose a role that you or your minions played."
        : $"“{ElementName.Of(Role)}” has completed no step. Choose a role that acted.";

    /// <param name="owner">Who began the episode.</param>
    /// <param name="journal">A timeline from its first entry on.</param>
    public static RoleRows Of(ScenarioDefinition definition, string role, Guid owner, IReadOnlyList<EntryData> journal)
    {
        var spoken = CompletedStep.BySeq(definition, owner, journal);
        var made = new RoleRows(role);
        foreach (var line in RoleKnowledge.Of(definition, role, journal).Lines)
        {
            made.Add(line, spoken.GetValueOrDefault(line.Seq));
        }

        return made;
    }

    /// <param name="step">The step in which it was said; null where it came from outside.</param>
    private void Add(KnownLine line, CompletedStep? step)
    {
        var isOfRole = line.Speaker == Role;
        steps += isOfRole ? 1 : 0;
        if (!isOfRole || step is not { IsOwn: true })
        {
            Add(line.Seq, isAnswer: false, RolePrompt.Written(line), step is { IsOwn: false });
            return;
        }

        var known = turns.FindLastIndex(turn => turn.Seq <= step.KnownUpTo) + 1;
        if ((known == 0 ? 0 : turns[known - 1].End) + step.Prompts.Length + line.Text.Length > LongestRow)
        {
            TooLong++;
        }
        else
        {
            rows.Add(new(known, step.Prompts, line.Text));
        }

        // The prompt is told again with the words that answered it, so that no conversation begins with an answer to nothing.
        Add(line.Seq, isAnswer: false, step.Prompts, isOfOthers: false);
        Add(line.Seq, isAnswer: true, line.Text, isOfOthers: false);
    }

    private void Add(long seq, bool isAnswer, string text, bool isOfOthers)
    {
        var (end, followsOthers) = turns.Count == 0 ? (0, false) : (turns[^1].End, turns[^1].FollowsOthers);
        turns.Add(new(seq, isAnswer, text, end + text.Length, followsOthers || isOfOthers));
    }

    private List<RowMessage> Conversation(KnownRow row)
    {
        List<(bool IsAnswer, List<string> Texts)> sides = [];
        foreach (var turn in turns.Take(row.KnownTurns))
        {
            Append(turn.IsAnswer, turn.Text);
        }

        Append(isAnswer: false, row.Prompts);
        Append(isAnswer: true, row.Answer);
        return sides.ConvertAll(side => new RowMessage(side.IsAnswer ? "assistant" : "user", string.Join("\n\n", side.Texts)));

        void Append(bool isAnswer, string text)
        {
            if (sides.Count == 0 || sides[^1].IsAnswer != isAnswer)
            {
                sides.Add((isAnswer, []));
            }

            // As browsers send them otherwise.
            sides[^1].Texts.Add(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        }
    }

    /// <param name="End">The characters of this turn and of all before it.</param>
    /// <param name="FollowsOthers">This turn, or one before it, is what other people said.</param>
    private sealed record KnownTurn(long Seq, bool IsAnswer, string Text, int End, bool FollowsOthers);

    /// <param name="KnownTurns">The number of turns that were known before.</param>
    private sealed record KnownRow(int KnownTurns, string Prompts, string Answer);
}
