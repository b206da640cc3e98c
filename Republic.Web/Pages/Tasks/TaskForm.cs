using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>A task as it is typed.</summary>
public sealed class TaskForm
{
    private const double BeyondAll = 1_000_000;

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>Who does it; null for nobody. Asked where it is new.</summary>
    public Guid? CitizenId { get; set; }

    public TaskPriority Priority { get; set; }

    public DateOnly? DueAt { get; set; }

    /// <summary>With commas between them.</summary>
    public string? Labels { get; set; }

    /// <summary>The number of the task that it is a part of, or words of its title.</summary>
    public string? ParentId { get; set; }

    public string? Capability { get; set; }

    /// <summary>In US dollars.</summary>
    public string? Budget { get; set; }

    /// <summary>The column that a new one is put into.</summary>
    public string? Status { get; set; }

    /// <summary>The task whose page a new part was asked for on, which is shown again.</summary>
    public Guid? PartOf { get; set; }

    /// <summary>The message of a chat that a new one is made of.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>The stamp of the fields as they were when the form was opened; null where it replaces whatever stands.</summary>
    public string? Seen { get; set; }

    /// <summary>Made with the page, so that sending it twice makes one task.</summary>
    public Guid? Request { get; set; }

    /// <summary>A new one, as far as the address of the page says what it is.</summary>
    public static TaskForm New(IQueryCollection query) =>
        new()
        {
            Status = query["new"],
            ParentId = TypedText.Plain(query["parent"]),
            PartOf = Guid.TryParse(query["part_of"], out var whole) ? whole : null,
            CitizenId = Guid.TryParse(query["who"], out var who) ? who : null,
            Request = Guid.CreateVersion7(),
        };

    public static TaskForm Of(TaskCard card, TaskLink? parent) =>
        new()
        {
            Title = card.Title,
            Description = card.Description,
            Priority = card.Priority,
            DueAt = card.DueAt is { } due ? DateOnly.FromDateTime(due.UtcDateTime) : null,
            Labels = string.Join(", ", card.Labels),
            ParentId = parent is null ? null : $"T-{parent.Number}",
            Capability = card.Capability,
            Budget = card.Budget?.ToString("0.00#######", CultureInfo.InvariantCulture),
            Seen = StampOf(
                new TaskInput
                {
                    Title = card.Title,
                    Description = card.Description,
                    ParentId = card.ParentId,
                    Priority = card.Priority,
                    DueAt = card.DueAt,
                    Labels = [.. card.Labels],
                    Capability = card.Capability,
                    Budget = card.Budget,
                }
            ),
        };

    /// <summary>Differs where any field that a form sets differs. The task's time of change would not do: moves and comments set it too.</summary>
    internal static string StampOf(TaskInput stored) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(stored)));

    /// <param name="unreadable">What binding could not read; what is found here is added.</param>
    public TaskInput ToInput(Guid? parent, List<FieldError> unreadable)
    {
        var budget = TypedNumber.Number("budget", Budget?.Replace("$", "", StringComparison.Ordinal), unreadable);
        return new TaskInput
        {
            Title = Title,
            // A browser sends two characters for each end of a line that it counted as one.
            Description = Description?.ReplaceLineEndings("\n"),
            AssignedTo = CitizenId,
            SourceMessageId = MessageId,
            Priority = Priority,
            DueAt = DueAt is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
            Labels = [.. (Labels ?? "").Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Capability = Capability,
            Budget = budget is { } number && !double.IsNaN(number) ? (decimal)Math.Clamp(number, -BeyondAll, BeyondAll) : null,
            ParentId = parent,
            Unreadable = unreadable,
        };
    }
}
