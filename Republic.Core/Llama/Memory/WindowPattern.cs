namespace Republic.Core.Llama.Memory;

/// <summary>Which layers of an architecture attend to a window of the latest tokens alone, and how long it is.</summary>
/// <param name="Period">One layer of so many attends to all tokens, where the header has no pattern of its own; 0: none does.</param>
/// <param name="FullFirst">It is the first of each period, else the last.</param>
/// <param name="Otherwise">The window in tokens where the header names none; 0: there is none then.</param>
/// <param name="Always">The window in tokens whatever the header names, unless that is 0; 0: the header's counts.</param>
/// <param name="WithLayers">The number of layers with which the architecture has windows; 0: any.</param>
internal sealed record WindowPattern(int Period, bool FullFirst = false, int Otherwise = 0, int Always = 0, int WithLayers = 0)
{
    /// <param name="named">What the header names; null where it does not.</param>
    /// <returns>Tokens; 0 for no window.</returns>
    public long Length(long? named, int layers) =>
        WithLayers != 0 && WithLayers != layers ? 0
        : named is 0 ? 0
        : named is null ? Otherwise
        : Always > 0 ? Always
        : named.Value;

    /// <param name="period">The header's, or that of the architecture.</param>
    public bool Covers(int layer, long period) => period == 0 || layer % period != (FullFirst ? 0 : period - 1);
}
