namespace Republic.Core.Help;

/// <summary>The pages of help that come with the program, in the order of its index. A page is read when it is first asked for.</summary>
public static class HelpPages
{
    /// <summary>All of them together, as a minion reads them.</summary>
    public const string Name = "How Republic works";

    private const string Use = "Using Republic";
    private const string Teach = "Teaching minions";
    private const string Run = "Running Republic";
    internal const string Inside = "How it works inside";

    public static IReadOnlyList<HelpPage> All { get; } =
    [
        new("first-steps", "First steps", Use),
        new("search", "Search and shortcuts", Use),
        new("answers", "Answers", Use),
        new("memories", "Memories", Use),
        new("tools", "Tools", Use),
        new("tool-servers", "Tool servers", Use),
        new("tool-approval", "Approving tool calls", Use),
        new("tasks", "Tasks", Use),
        new("scenarios", "Scenarios", Use),
        new("episodes", "Episodes", Use),
        new("conditions", "Conditions of scenarios", Use),
        new("figures", "Figures", Use),
        new("your-data", "Your data", Use),
        new("mcp", "Republic as tools of other programs", Use),
        new("training", "Training a minion", Teach),
        new("datasets", "Datasets", Teach),
        new("knowledge", "Knowledge", Teach),
        new("personal-data", "Personal data", Teach),
        new("training-cli", "Training from the command line", Teach),
        new("providers", "Providers", Run),
        new("spending", "Spending", Run),
        new("personal-models", "Personal models", Run),
        new("personal-models-cli", "Personal models from the command line", Run),
        new("administration", "Administration", Run),
        new("self-hosting", "Running Republic for yourself", Run),
        new("doctor", "The doctor", Run),
        new("backup", "Backup and restore", Run),
        new("security", "Security", Run),
        new("tool-safety", "Tool safety", Run),
        new("sprout", "Sprout, the built-in model", Inside),
        new("minilm", "MiniLM, the built-in embedding model", Inside),
        new("lora", "Training LoRA adapters", Inside),
    ];

    /// <summary>The page that is written for questions: a fact a sentence, in the words that people use.</summary>
    public static HelpPage FirstSteps => All[0];

    public static HelpPage? Find(string? name) => All.FirstOrDefault(page => page.Name == name);

    /// <summary>A picture of the pages; null where there is none of that name.</summary>
    public static Stream? Picture(string name) => typeof(HelpPages).Assembly.GetManifestResourceStream($"help/img/{name}");
}
