using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Rows;

/// <summary>A completed step, without its words.</summary>
/// <param name="IsOwn">Whoever began the episode acted, or a minion of theirs; false for other people.</param>
/// <param name="Prompts">The prompts of its state.</param>
/// <param name="KnownUpTo">The number of the last entry that whoever acted knew of.</param>
internal sealed record CompletedStep(bool IsOwn, string Prompts, long KnownUpTo)
{
    /// <summary>The completed steps of all roles, by the numbers of the entries that ended them.</summary>
    /// <param name="owner">Who began the episode.</param>
    public static Dictionary<long, CompletedStep> BySeq(ScenarioDefinition definition, Guid owner, IEnumerable<EntryData> journal)
    {
        // Minions that are cast are the owner's, whatever has become of them.
        HashSet<Guid> others = [];
        Dictionary<long, CompletedStep> steps = [];
        foreach (var entry in journal)
        {
            switch (entry.Event)
            {
                case EpisodeEvent.Started started:
                    others.UnionWith(started.Cast.Values.Where(IsOther).Select(member => member.Citizen));
                    break;
                case EpisodeEvent.Swapped swapped when IsOther(swapped.Member):
                    others.Add(swapped.Member.Citizen);
                    break;
                case EpisodeEvent.StepDone done:
                    steps.Add(done.Seq, new(true, PromptsOf(entry), done.Ask));
                    break;
                case EpisodeEvent.PersonActed acted:
                    steps.Add(acted.Seq, new(!others.Contains(acted.Citizen), PromptsOf(entry), acted.Seq - 1));
                    break;
                default:
                    break;
            }
        }

        return steps;

        bool IsOther(CastMember member) => member.IsPerson && member.Citizen != owner;

        string PromptsOf(EntryData entry)
        {
            var state = entry.Effects.OfType<EpisodeEffect.Publish>().First().State;
            return string.Join("\n\n", definition.State(state ?? "")?.Prompts ?? []);
        }
    }
}
