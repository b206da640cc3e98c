using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Tasks;

/// <summary>The fields of a task that a person sets, with the names of the JSON API in snake case.</summary>
public sealed record TaskInput
{
    private static readonly JsonFields<TaskInput> Fields = new(
        new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    );

    public string? Title { get; set; }

    public string? Description { get; set; }

    public Guid? ParentId { get; set; }

    /// <summary>Read where a task is made; later, dependencies are added and removed one by one.</summary>
    public List<Guid>? DependsOn { get; set; }

    /// <summary>Read where a task is made; later it is assigned.</summary>
    public Guid? AssignedTo { get; set; }

    /// <summary>The message of a chat that it is made of. Read where a task is made.</summary>
    public Guid? SourceMessageId { get; set; }

    public TaskPriority? Priority { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public List<string>? Labels { get; set; }

    public string? Capability { get; set; }

    public decimal? Budget { get; set; }

    /// <summary>The fields of the JSON that could not be read.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    public static TaskInput Of(WorkTask task) =>
        new()
        {
            Title = task.Title,
            Description = task.Description,
            ParentId = task.ParentId,
            Priority = task.Priority,
            DueAt = task.DueAt,
            Labels = task.Labels,
            Capability = task.Capability,
            Budget = task.Budget,
        };

    /// <param name="over">What stands: a field that is absent keeps it, null clears it.</param>
    public static Outcome<TaskInput> Read(JsonElement body, TaskInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the task's fields.");
        }

        var input = over is null ? new TaskInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        return input;
    }
}
