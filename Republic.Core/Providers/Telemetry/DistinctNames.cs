using System.Collections.Concurrent;

namespace Republic.Core.Providers.Telemetry;

/// <summary>
/// Keeps the number of labels bounded: people type names of models. A name that has answered once is told, up to a limit; all others
/// are told as one.
/// </summary>
internal sealed class DistinctNames(int most = 200)
{
    public const string Other = "_OTHER";

    private readonly ConcurrentDictionary<string, bool> names = new(StringComparer.Ordinal);

    public string Of(string name, bool isReal) =>
        names.ContainsKey(name) || (isReal && names.Count < most && names.TryAdd(name, true)) ? name : Other;
}
