using System.Text.Json;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Knowing;

/// <summary>
/// What a role knows, and nothing else: facts that it knew from the beginning, and whatever was addressed to it. A prompt is made of one of these
/// alone, and nothing else reads the journal for one: so nobody is told what they may not know.
/// </summary>
public sealed class RoleKnowledge
{
    private RoleKnowledge(string role, IReadOnlyList<KnownLine> lines) => (Role, Lines) = (role, lines);

    public string Role { get; }

    /// <summary>In the order in which it was learned.</summary>
    public IReadOnlyList<KnownLine> Lines { get; }

    /// <param name="journal">A timeline from its first entry on. What comes after the end of it is not known.</param>
    public static RoleKnowledge Of(ScenarioDefinition definition, string role, IEnumerable<EntryData> journal)
    {
        // The director decides for all, and says nothing to anybody.
        var seesAll = definition.Roles.Any(one => one.Name == role && one.IsDirector);
        List<KnownLine> lines = [];
        foreach (var entry in journal)
        {
            if (entry.Event is EpisodeEvent.Started started)
            {
                lines.AddRange(Facts(definition, role, seesAll, started));
            }
            else if (
                entry.Effects.OfType<EpisodeEffect.Publish>().FirstOrDefault() is { } published
                && (seesAll || published.Audience.Contains(role))
            )
            {
                lines.Add(Line(entry.Event, published));
            }
        }

        return new(role, lines);
    }

    /// <summary>The lines of it that are also among these.</summary>
    public RoleKnowledge Within(IEnumerable<KnownLine> lines)
    {
        var shared = lines.ToHashSet();
        return new(Role, [.. Lines.Where(shared.Contains)]);
    }

    private static IEnumerable<KnownLine> Facts(ScenarioDefinition definition, string role, bool seesAll, EpisodeEvent.Started started) =>
        definition
            .Facts.Where(fact => seesAll || fact.KnownTo is { Kind: AudienceKind.All } || fact.KnownTo?.Roles.Contains(role) == true)
            .Select(fact => new KnownLine(
                started.Seq,
                null,
                FactText(fact.Name, started.Facts.TryGetValue(fact.Name, out var value) ? value : fact.Value),
                "a fact of the scenario"
            ));

    private static KnownLine Line(EpisodeEvent happened, EpisodeEffect.Publish published) =>
        happened switch
        {
            EpisodeEvent.StepDone done => new(done.Seq, done.Role, done.Text, $"said in {published.State}"),
            EpisodeEvent.PersonActed acted => new(acted.Seq, acted.Role, acted.Text, $"said in {published.State}")
            {
                Author = acted.InsteadOf ? null : acted.Citizen,
            },
            EpisodeEvent.Injected { Fact: { } fact, Value: { } value } injected => new(
                injected.Seq,
                null,
                injected.Text is { } text ? $"{FactText(fact, value)}\n{text}" : FactText(fact, value),
                "a fact that was added"
            )
            {
                Author = injected.By,
            },
            EpisodeEvent.Injected injected => new(injected.Seq, null, injected.Text ?? "", "a message from outside")
            {
                Author = injected.By,
            },
            _ => throw new InvalidOperationException($"Nobody says anything by {happened.GetType().Name}."),
        };

    private static string FactText(string name, JsonElement value) => $"{ElementName.Of(name)}: {Words(value)}";

    private static string Words(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Words)),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Null => "nothing",
            _ => value.GetRawText(),
        };
}
