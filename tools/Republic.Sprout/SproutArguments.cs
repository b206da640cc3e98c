using Republic.Core;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Sprout;

/// <summary>The command line: a verb, and its options. What the verb does not take is left as it is here.</summary>
internal sealed record SproutArguments(string Verb)
{
    public const string Usage = """
        dev/sprout make --out FILE [--from FILE] [--steps N] [--threads 1] [--seed N] [--checkpoint FILE]
            makes the built-in model from its corpus, or trains one further that was made so (--from); stopped and started
            again, it goes on
        dev/sprout mean --models FILE,FILE --out FILE
            writes the mean of models of which one was trained from the other
        dev/sprout sample [--count 20]
            shows dialogues that it learns from
        dev/sprout words --out FILE [--count 50000]
            writes the words of the answers that it learns from, of so many dialogues
        dev/sprout intents --model FILE|NAME --vectors FILE|NAME --out FILE [--count 60]
            writes what the model learned to answer, so many utterances of each intent, with their vectors
        dev/sprout replay --model FILE|NAME --vectors FILE|NAME --out FILE [--count 700]
            writes so many of those utterances, of all intents in turn, that are no near-equal of a question that runs measure with
        dev/sprout exam --model FILE|NAME --questions FOLDER [--adapter FILE|NAME] [--vectors FILE|NAME] [--count N] [--temperature 0] [--top-p 1]
            asks the questions of bench/sprout, all or the first of each set, and prints how many answers are right; with an
            embedding model it asks as chats do, by the intents beside the model
        dev/sprout length --model FILE|NAME --questions FOLDER [--adapter FILE|NAME] [--count N] [--temperature 0] [--top-p 1]
            asks them again at the end of chats of 5 to 40 turns, and prints up to how many tokens the model answers well

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in.
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["make"] = ["--out", "--from", "--steps", "--threads", "--seed", "--checkpoint"],
        ["mean"] = ["--models", "--out"],
        ["sample"] = ["--count"],
        ["words"] = ["--out", "--count"],
        ["intents"] = ["--model", "--vectors", "--out", "--count"],
        ["replay"] = ["--model", "--vectors", "--out", "--count"],
        ["exam"] = ["--model", "--questions", "--adapter", "--vectors", "--count", "--temperature", "--top-p"],
        ["length"] = ["--model", "--questions", "--adapter", "--count", "--temperature", "--top-p"],
    };

    public string Model { get; private init; } = "";

    /// <summary>With commas between them.</summary>
    public string Models { get; private init; } = "";

    public string? Adapter { get; private init; }

    /// <summary>An embedding model.</summary>
    public string? Vectors { get; private init; }

    public string Out { get; private init; } = "";

    public string Questions { get; private init; } = "";

    public string? Checkpoint { get; private init; }

    /// <summary>The model that is trained further.</summary>
    public string? From { get; private init; }

    /// <summary>Null takes the usual number.</summary>
    public int? Steps { get; private init; }

    public int Seed { get; private init; }

    public int Threads { get; private init; }

    public int Count { get; private init; }

    /// <summary>The temperature and top-p at which the exam draws tokens. Its draws come from one seed, so that an exam can be repeated.</summary>
    public SamplingSettings Sampling { get; private init; } = new(Temperature: 0);

    public static Outcome<SproutArguments> Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || !Known.TryGetValue(args[0], out var known))
        {
            var what = args.Count == 0 ? "What is to be done?" : $"There is no command \"{args[0]}\".";
            return Failure.Invalid("verb", $"{what} See dev/sprout --help.");
        }

        var options = new OptionReader($"dev/sprout {args[0]}", [.. args.Skip(1)], known);
        SproutArguments read = args[0] switch
        {
            "sample" => new(args[0]) { Count = options.Whole("--count", 1) ?? 20 },
            "mean" => new(args[0]) { Models = options.Needed("--models"), Out = options.Needed("--out") },
            "make" => new(args[0])
            {
                Out = options.Needed("--out"),
                From = options.Text("--from"),
                Steps = options.Whole("--steps", 1),
                // A second run with the first one's seed would draw the same dialogues again.
                Seed = options.Whole("--seed", 1) ?? (options.Has("--from") ? 2 : 1),
                Threads = options.Whole("--threads", 1, 512) ?? 1,
                Checkpoint = options.Text("--checkpoint"),
            },
            "words" => new(args[0]) { Out = options.Needed("--out"), Count = options.Whole("--count", 1) ?? 50_000 },
            "intents" or "replay" => new(args[0])
            {
                Model = options.Needed("--model"),
                Vectors = options.Needed("--vectors"),
                Out = options.Needed("--out"),
                Count = options.Whole("--count", 1) ?? (args[0] == "intents" ? 60 : 700),
            },
            _ => new(args[0])
            {
                Vectors = options.Text("--vectors"),
                Sampling = new(
                    (float)(options.Real("--temperature", 0, 2) ?? 0),
                    TopK: 0,
                    (float)(options.Real("--top-p", 0.01, 1) ?? 1),
                    MinP: 0,
                    Seed: 1
                ),
                Model = options.Needed("--model"),
                Adapter = options.Text("--adapter"),
                Questions = options.Needed("--questions"),
                Count = options.Whole("--count", 1) ?? int.MaxValue,
            },
        };
        return options.Problem is { } problem ? problem : read;
    }
}
