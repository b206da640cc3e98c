namespace Republic.Core.Tasks;

/// <summary>What the fields of a task may be.</summary>
internal static class TaskRules
{
    public const int LongestTitle = 200;
    public const int LongestText = 20_000;
    public const int LongestLabel = 50;
    public const int MostLabels = 20;

    /// <summary>In US dollars.</summary>
    public const decimal DefaultBudget = 0.50m;
    public const decimal LargestBudget = 1000m;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<FieldError> Problems(TaskInput input)
    {
        var rules = new FieldRules(input.Unreadable);
        rules.Required("title", "The title", input.Title);
        rules.Text("title", "The title", input.Title, LongestTitle);
        rules.Text("description", "The description", input.Description, LongestText, isLine: false);
        rules.Text("capability", "The capability", input.Capability, LongestLabel);
        rules.Items("labels", "The labels", input.Labels, LongestLabel);
        if (input.Labels?.Count > MostLabels)
        {
            rules.Add("labels", $"A task has at most {MostLabels} labels. Take some out.");
        }

        if (input.DueAt is { } due && (due < Earliest || due >= Latest))
        {
            rules.Add("due_at", $"The due date is from {Earliest.Year} to {Latest.Year - 1}. Choose one of these years.");
        }

        if (input.Budget is < 0 or > LargestBudget)
        {
            rules.Add("budget", $"The budget is from 0 to {LargestBudget:0} dollars.");
        }

        if (input.Priority is { } priority && !Enum.IsDefined(priority))
        {
            rules.Add("priority", "The priority is none, low, medium, high or urgent.");
        }

        if (input.DependsOn?.Count > TaskGraph.MostDependencies)
        {
            rules.Add("depends_on", $"A task waits for at most {TaskGraph.MostDependencies} others.");
        }

        return rules.Errors;
    }
}
