using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>The states that can be reached from each state in one step or more.</summary>
internal sealed class StateGraph
{
    private readonly Dictionary<string, HashSet<string>> reached = new(StringComparer.Ordinal);

    public StateGraph(ScenarioDefinition definition)
    {
        var next = definition
            .States.GroupBy(state => state.Name, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => same.SelectMany(state => state.Next).Select(one => one.To).Distinct().ToList(),
                StringComparer.Ordinal
            );
        foreach (var name in next.Keys)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>(next[name]);
            while (open.TryPop(out var to))
            {
                if (next.TryGetValue(to, out var further) && found.Add(to))
                {
                    further.ForEach(open.Push);
                }
            }

            reached[name] = found;
        }

        IsWhole = next.Values.All(all => all.TrueForAll(Has));
    }

    /// <summary>Every transition leads to a state. Where one does not, what cannot be reached is mostly for that reason alone.</summary>
    public bool IsWhole { get; }

    public bool Has(string state) => reached.ContainsKey(state);

    /// <summary>The state that was most likely meant by a name that is none's.</summary>
    public string? Meant(string written) => reached.Keys.FirstOrDefault(name => Spelling.IsNear(name, written));

    /// <summary>Whether transitions lead from one to the other; a state to itself only where there is a cycle.</summary>
    public bool Leads(string from, string to) => reached.TryGetValue(from, out var found) && found.Contains(to);
}
