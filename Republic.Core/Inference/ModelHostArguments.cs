using System.Globalization;
using Republic.Core.Host;

namespace Republic.Core.Inference;

/// <summary>The command line of <c>republic model-host</c>, which the supervisor writes and the child reads.</summary>
/// <param name="Socket">Path of the Unix socket to listen on. Empty: a free loopback port, with a secret read from standard input.</param>
/// <param name="Models">Folders with GGUF files; of two files of one name the first counts.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Sequences">How many answers of one model are written together.</param>
/// <param name="ContextLength">Tokens per sequence; a model that was trained on fewer gets fewer.</param>
/// <param name="MemoryMegabytes">What all loaded models may take together.</param>
/// <param name="QueueLength">How many requests per model may wait for a free sequence.</param>
public sealed record ModelHostArguments(
    string Socket,
    IReadOnlyList<string> Models,
    int Threads,
    int Sequences = 4,
    int ContextLength = 4096,
    long MemoryMegabytes = 0,
    int QueueLength = 64
)
{
    private static readonly string[] Names =
    [
        "--socket",
        "--models",
        "--adapters",
        "--installed",
        "--threads",
        "--sequences",
        "--context",
        "--memory-mb",
        "--queue",
        "--keep-alive-minutes",
        "--activity",
        "--quarantine",
    ];

    /// <summary>Minutes without a request after which a model is unloaded, where its owner chose nothing else.</summary>
    public int KeepAliveMinutes { get; init; } = ModelHostOptions.DefaultKeepAliveMinutes;

    /// <summary>Folders with LoRA adapters for the models.</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    /// <summary>The folder with models that belong to people: found by their SHA-256, and not listed. Empty: none.</summary>
    public string Installed { get; init; } = "";

    /// <summary>Where it writes which files it is computing with; empty: nowhere.</summary>
    public string Activity { get; init; } = "";

    /// <summary>The list of files that it must not load; empty: none.</summary>
    public string Quarantine { get; init; } = "";

    public static Outcome<ModelHostArguments> Parse(IReadOnlyList<string> args)
    {
        var options = new OptionReader("republic model-host", args, Names);
        var read = new ModelHostArguments(
            options.Text("--socket") ?? "",
            options.All("--models"),
            options.Whole("--threads", 1) ?? Environment.ProcessorCount,
            options.Whole("--sequences", 1) ?? 4,
            options.Whole("--context", 1) ?? 4096,
            options.Whole("--memory-mb", 1) ?? 0,
            options.Whole("--queue", 1) ?? 64
        )
        {
            KeepAliveMinutes = options.Whole("--keep-alive-minutes", 1) ?? ModelHostOptions.DefaultKeepAliveMinutes,
            Adapters = options.All("--adapters"),
            Installed = options.Text("--installed") ?? "",
            Activity = options.Text("--activity") ?? "",
            Quarantine = options.Text("--quarantine") ?? "",
        };
        return options.Problem is { } problem ? problem : read;
    }

    public IEnumerable<string> ToCommandLine()
    {
        var paths = new[] { ("--socket", Socket), ("--activity", Activity), ("--quarantine", Quarantine), ("--installed", Installed) };
        var numbers = new (string Name, long Value)[]
        {
            ("--threads", Threads),
            ("--sequences", Sequences),
            ("--context", ContextLength),
            ("--memory-mb", MemoryMegabytes),
            ("--queue", QueueLength),
            ("--keep-alive-minutes", KeepAliveMinutes),
        };
        return
        [
            .. paths.Where(path => path.Item2.Length > 0).SelectMany(path => new[] { path.Item1, path.Item2 }),
            .. Models.SelectMany(folder => new[] { "--models", folder }),
            .. Adapters.SelectMany(folder => new[] { "--adapters", folder }),
            .. numbers
                .Where(number => number.Value > 0)
                .SelectMany(number => new[] { number.Name, number.Value.ToString(CultureInfo.InvariantCulture) }),
        ];
    }
}
