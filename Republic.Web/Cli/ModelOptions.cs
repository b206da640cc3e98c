using System.Globalization;

namespace Republic.Web.Cli;

/// <summary>What stands behind <c>republic model</c>: a verb, and pairs of <c>--name value</c>.</summary>
internal sealed record ModelOptions(string Verb, IReadOnlyDictionary<string, string> Values)
{
    public const string Usage = """
        republic model make-sprout --out FILE [--steps N] [--threads 1] [--seed 1] [--checkpoint FILE]
            makes the built-in model from its corpus; stopped and started again, it goes on
        republic model make-sprout --sample 20
            shows dialogues that it learns from
        republic model exam --model FILE --questions FOLDER [--adapter FILE]
            asks the questions of bench/sprout and prints how many answers are right
        republic model merge --model FILE --adapter FILE --out FILE [--type f32|f16|bf16|q8_0] [--threads 1]
            writes a model that answers as model and adapter do together
        """;

    private static readonly string[] Known =
    [
        "out",
        "steps",
        "threads",
        "seed",
        "checkpoint",
        "sample",
        "model",
        "questions",
        "adapter",
        "type",
    ];

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static ModelOptions Parse(string[] args)
    {
        if (args.Length == 0)
        {
            throw new FormatException("What is to be done with a model?");
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var pair in args.Skip(1).Chunk(2))
        {
            var name = pair[0].TrimStart('-');
            if (!pair[0].StartsWith("--", StringComparison.Ordinal) || !Known.Contains(name))
            {
                throw new FormatException($"{pair[0]} is no option of republic model.");
            }

            values[name] = pair.Length == 2 ? pair[1] : throw new FormatException($"{pair[0]} has no value.");
        }

        return new ModelOptions(args[0], values);
    }

    public bool Has(string name) => Values.ContainsKey(name);

    public int Number(string name, int otherwise) =>
        !Values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"--{name} takes a number above 0, not {text}.");

    public string File(string name) => FileOrNull(name) ?? throw new FormatException($"--{name} is missing.");

    public string? FileOrNull(string name) => Values.TryGetValue(name, out var path) ? Path.GetFullPath(path) : null;
}
