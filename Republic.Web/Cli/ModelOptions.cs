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
        republic model exam --model FILE|NAME --questions FOLDER [--adapter FILE|NAME]
            asks the questions of bench/sprout and prints how many answers are right
        republic model merge --model FILE|NAME --adapter FILE|NAME --out FILE [--type f32|f16|bf16|q8_0] [--threads 1]
            writes a model that answers as model and adapter do together

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in.
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["make-sprout"] = ["out", "steps", "threads", "seed", "checkpoint", "sample"],
        ["exam"] = ["model", "questions", "adapter"],
        ["merge"] = ["model", "adapter", "out", "type", "threads"],
    };

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static ModelOptions Parse(string[] args)
    {
        if (args.Length == 0)
        {
            throw new FormatException("What is to be done with a model?");
        }

        if (!Known.TryGetValue(args[0], out var known))
        {
            throw new FormatException($"There is no command \"model {args[0]}\".");
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var pair in args.Skip(1).Chunk(2))
        {
            var name = pair[0].TrimStart('-');
            if (!pair[0].StartsWith("--", StringComparison.Ordinal) || !known.Contains(name))
            {
                throw new FormatException($"{pair[0]} is no option of republic model {args[0]}.");
            }

            var value = pair.Length == 2 ? pair[1] : throw new FormatException($"{pair[0]} has no value.");
            if (!values.TryAdd(name, value))
            {
                throw new FormatException($"--{name} is given twice; republic model {args[0]} takes one.");
            }
        }

        return new ModelOptions(args[0], values);
    }

    public bool Has(string name) => Values.ContainsKey(name);

    public int Number(string name, int otherwise) =>
        !Values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"--{name} takes a number above 0, not {text}.");

    public string Text(string name) => Values.GetValueOrDefault(name) ?? throw new FormatException($"--{name} is missing.");

    public string File(string name) => FileOrNull(name) ?? throw new FormatException($"--{name} is missing.");

    public string? FileOrNull(string name) => Values.TryGetValue(name, out var path) ? Path.GetFullPath(path) : null;
}
