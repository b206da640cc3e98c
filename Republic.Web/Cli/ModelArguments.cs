using Republic.Core;
using Republic.Core.ModelHost.Pool;
using Republic.Core.ModelHost.Quantizing;
using Republic.Core.Sprout;

namespace Republic.Web.Cli;

/// <summary>The command line of <c>republic model</c>: a verb, and its options. What the verb does not take is left as it is here.</summary>
internal sealed record ModelArguments(string Verb)
{
    public const string Usage = """
        republic model make-sprout --out FILE [--from FILE] [--steps N] [--threads 1] [--seed N] [--checkpoint FILE]
            makes the built-in model from its corpus, or trains one further that was made so (--from); stopped and started
            again, it goes on
        republic model make-sprout --mean FILE,FILE --out FILE
            writes the mean of models of which one was trained from the other
        republic model make-sprout --sample 20
            shows dialogues that it learns from
        republic model exam --model FILE|NAME --questions FOLDER [--adapter FILE|NAME]
            asks the questions of bench/sprout and prints how many answers are right
        republic model merge --model FILE|NAME --adapter FILE|NAME --out FILE [--type f32|f16|bf16|q8_0] [--threads 1]
            writes a model that answers as model and adapter do together
        republic model quantize --model FILE|NAME --type Q8_0|Q4_K_M [--out FILE] [--threads 1]
            copies a model with fewer bits a weight, beside it: Q8_0 takes about half of F16's memory, Q4_K_M a third

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in.
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["make-sprout"] = ["--out", "--from", "--steps", "--threads", "--seed", "--checkpoint", "--mean", "--sample"],
        ["exam"] = ["--model", "--questions", "--adapter"],
        ["quantize"] = ["--model", "--out", "--type", "--threads"],
        ["merge"] = ["--model", "--adapter", "--out", "--type", "--threads"],
    };

    public string Model { get; private init; } = "";

    public string? Adapter { get; private init; }

    public string Out { get; private init; } = "";

    public string? Type { get; private init; }

    public string Questions { get; private init; } = "";

    public string? Checkpoint { get; private init; }

    /// <summary>The model that is trained further.</summary>
    public string? From { get; private init; }

    /// <summary>Models with commas between them, whose mean is written instead of training anything.</summary>
    public string? Mean { get; private init; }

    /// <summary>Null takes the usual number.</summary>
    public int? Steps { get; private init; }

    public int Seed { get; private init; }

    public int Threads { get; private init; }

    /// <summary>How many dialogues to show instead of making anything.</summary>
    public int? Sample { get; private init; }

    public static Outcome<ModelArguments> Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || !Known.TryGetValue(args[0], out var known))
        {
            var what = args.Count == 0 ? "What is to be done with a model?" : $"There is no command \"model {args[0]}\".";
            return Failure.Invalid("model", $"{what} See republic model --help.");
        }

        var options = new OptionReader($"republic model {args[0]}", [.. args.Skip(1)], known);
        ModelArguments read = args[0] switch
        {
            "make-sprout" when options.Has("--sample") => new(args[0]) { Sample = options.Whole("--sample", 1) },
            "make-sprout" when options.Has("--mean") => new(args[0]) { Mean = options.Text("--mean"), Out = options.Needed("--out") },
            "make-sprout" => new(args[0])
            {
                Out = options.Needed("--out"),
                From = options.Text("--from"),
                Steps = options.Whole("--steps", 1),
                // Another seed than a first run's: it would draw the same dialogues again.
                Seed = options.Whole("--seed", 1) ?? (options.Has("--from") ? 2 : 1),
                Threads = options.Whole("--threads", 1, 512) ?? 1,
                Checkpoint = options.Text("--checkpoint"),
            },
            "exam" => new(args[0])
            {
                Model = options.Needed("--model"),
                Adapter = AdapterOf(options),
                Questions = options.Needed("--questions"),
            },
            "quantize" => new(args[0])
            {
                Model = options.Needed("--model"),
                Out = options.Text("--out") ?? "",
                Type = CopyTypeOf(options),
                Threads = options.Whole("--threads", 1, 512) ?? 1,
            },
            _ => new(args[0])
            {
                Model = options.Needed("--model"),
                Adapter = AdapterOf(options) ?? options.Needed("--adapter"),
                Out = options.Needed("--out"),
                Type = options.Text("--type"),
                Threads = options.Whole("--threads", 1, 512) ?? 1,
            },
        };
        return options.Problem is { } problem ? problem : read;
    }

    private static string CopyTypeOf(OptionReader options)
    {
        var type = options.Needed("--type").ToUpperInvariant();
        if (type.Length > 0 && ModelQuantizer.Problem(type) is { } problem)
        {
            options.Note("--type", problem);
        }

        return type;
    }

    private static string? AdapterOf(OptionReader options)
    {
        if (options.Text("--adapter") is not { } given)
        {
            return null;
        }

        var choice = AdapterChoice.Parse(given);
        if (choice is not { Scale: 1 })
        {
            options.Note("--adapter", $"--adapter {given}: here an adapter counts in full; leave out {given[given.LastIndexOf(':')..]}.");
        }

        return choice?.Name;
    }
}
