using System.Globalization;
using Republic.Core.Tasks;
using Republic.Web.Cli.Remote;
using Republic.Web.Pages.Tasks;

namespace Republic.Web.Cli.Tasks;

/// <summary>
/// A task as <c>/api/tasks</c> sends it. Every member may be missing, because the server may be older or newer than this command.
/// </summary>
internal sealed record RemoteTask
{
    public string? Id { get; init; }

    public int? Number { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Status { get; init; }

    public string? OwnerId { get; init; }

    public string? AssignedTo { get; init; }

    public string? ParentId { get; init; }

    public IReadOnlyList<string>? BlockedBy { get; init; }

    public bool? Working { get; init; }

    public bool? Waiting { get; init; }

    public string? Priority { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public string? Capability { get; init; }

    public decimal? Budget { get; init; }

    public int? Round { get; init; }

    public int? Children { get; init; }

    public int? ChildrenDone { get; init; }

    public int? Attachments { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string Name => $"T-{Number}";

    public string Words => RemoteText.OneLine(Title);

    /// <summary>The state as people read it.</summary>
    public string State => RemoteText.OneLine(TaskStates.Of(Status) is { } known ? TaskWords.Of(known) : Status).ToLowerInvariant();

    /// <summary>The state for one column of a table, or what says more than that.</summary>
    public string Column =>
        Waiting == true ? "waits for you"
        : Working == true ? "at work"
        : Status == "TODO" && BlockedBy is { Count: > 0 } ? "blocked"
        : State;

    /// <summary>Empty for no priority.</summary>
    public string Urgency => Priority is null or "none" ? "" : RemoteText.OneLine(Priority);

    /// <summary>The day in UTC; empty where it is not due.</summary>
    public string Due => DueAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
