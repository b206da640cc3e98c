using Republic.Core;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Files;

namespace Republic.Web.Cli;

/// <summary>The command line of <c>republic model</c>: a verb, and its options. What the verb does not take is left as it is here.</summary>
internal sealed record ModelArguments(string Verb)
{
    public const string Usage = """
        republic model merge --model FILE|NAME --adapter FILE|NAME --out FILE [--type f32|f16|bf16|q8_0] [--threads 1]
            writes a model that answers as model and adapter do together
        republic model quantize --model FILE|NAME --type Q8_0|Q4_K_M [--out FILE] [--threads 1]
            copies a model with fewer bits a weight, beside it: Q8_0 takes about half of F16's memory, Q4_K_M a third

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in.
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["quantize"] = ["--model", "--out", "--type", "--threads"],
        ["merge"] = ["--model", "--adapter", "--out", "--type", "--threads"],
    };

    public string Model { get; private init; } = "";

    public string? Adapter { get; private init; }

    public string Out { get; private init; } = "";

    public string? Type { get; private init; }

    public int Threads { get; private init; }

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
