namespace Republic.Core.Memories;

/// <summary>What a minion is reminded of before it answers, the most fitting first.</summary>
/// <param name="Reason">For people: why nothing was, or why by words alone.</param>
public sealed record Recalled(IReadOnlyList<RecalledMemory> Memories, string? Reason)
{
    public static readonly Recalled Off = new([], "Remembering is switched off.");
}
