using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Calls;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>The tool calls of a person's minions, as the page of all of them shows them.</summary>
/// <param name="Calls">A page of them, the newest first.</param>
/// <param name="Minions">The minions that ever asked for one, by name.</param>
public sealed record CallList(IReadOnlyList<ToolCallRow> Calls, IReadOnlyList<CallingMinion> Minions)
{
    /// <summary>Only those of this minion; null: of all.</summary>
    public Guid? Minion { get; init; }

    public ToolCallStatus? Status { get; init; }

    /// <summary>The last call of the page before this one; null on the first.</summary>
    public Guid? Before { get; init; }

    /// <summary>The last call of this page; null where no page follows.</summary>
    public Guid? Older { get; init; }

    /// <summary>Calls that wait for the person, of all minions.</summary>
    public required int Pending { get; init; }

    public bool IsFiltered => Minion is not null || Status is not null;

    public string Here => Address(Before);

    public string Address(Guid? before) =>
        $"/tools/calls?minion={Minion}&status={Status?.ToString().ToLowerInvariant()}{(before is { } last ? $"&before={last}" : "")}";
}
