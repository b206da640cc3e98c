namespace Republic.Core;

/// <summary>
/// What stands behind a command: <c>--name value</c> or <c>--name=value</c>, and switches without a value. Every command
/// says in the same words what is wrong. A value that cannot be used is noted in <see cref="Problem"/> and read as if it
/// had not been given, so that a command reads all it needs and looks once.
/// </summary>
public sealed class OptionReader
{
    private readonly string command;
    private readonly Dictionary<string, List<string>> given = new(StringComparer.Ordinal);
    private Failure? wrong;
    private Failure? missing;

    /// <param name="command">As it is called, such as <c>republic train</c>.</param>
    /// <param name="names">Of the options that have a value, with their dashes.</param>
    /// <param name="switches">Of those that have none.</param>
    public OptionReader(string command, IReadOnlyList<string> args, IReadOnlyList<string> names, params IReadOnlyList<string> switches)
    {
        this.command = command;
        for (var i = 0; i < args.Count && Problem is null; i++)
        {
            var equals = args[i].IndexOf('=');
            var name = equals > 0 && names.Contains(args[i][..equals]) ? args[i][..equals] : args[i];
            var next = i + 1 < args.Count && !names.Contains(args[i + 1]) && !switches.Contains(args[i + 1]) ? args[i + 1] : null;
            if (switches.Contains(name))
            {
                Add(name, "");
            }
            else if (!names.Contains(name))
            {
                Note(name, name.StartsWith('-') ? $"{command} has no option {name}." : $"{name} stands behind no option of {command}.");
            }
            else if (name.Length < args[i].Length)
            {
                Add(name, args[i][(equals + 1)..]);
            }
            else if (next is null)
            {
                Note(name, $"{name} needs a value.");
            }
            else
            {
                Add(name, next);
                i++;
            }
        }
    }

    /// <summary>The first thing that is wrong with what was given, else the first that is missing, for people; null when all is well.</summary>
    public Failure? Problem => wrong ?? missing;

    public static bool AsksForHelp(IReadOnlyList<string> args) => args is ["--help" or "-h", ..] or [.., "--help" or "-h"];

    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>Of an option that may be given several times.</summary>
    public IReadOnlyList<string> All(string name) => given.GetValueOrDefault(name) ?? [];

    public string? Text(string name)
    {
        if (All(name).Count > 1)
        {
            Note(name, $"{name} is given twice; {command} takes one.");
        }

        return All(name) is [var value, ..] ? value : null;
    }

    /// <summary>Empty, and noted, when it is missing.</summary>
    public string Needed(string name)
    {
        var value = Text(name) ?? "";
        if (value.Length == 0)
        {
            missing ??= Wrong(name, $"{name} is missing.");
        }

        return value;
    }

    public int? Whole(string name, int least = int.MinValue, int most = int.MaxValue) =>
        Text(name) is not { } text ? null
        : StrictNumber.Whole(text) is { } number && number >= least && number <= most ? number
        : NoNumber<int>(name, "a whole number" + Range(least, most, int.MinValue, int.MaxValue), text);

    public double? Real(string name, double least = double.MinValue, double most = double.MaxValue) =>
        Text(name) is not { } text ? null
        : StrictNumber.Real(text) is { } number && number >= least && number <= most ? number
        : NoNumber<double>(name, "a number" + Range(least, most, double.MinValue, double.MaxValue), text);

    /// <summary>For what the command itself finds wrong with a value.</summary>
    public void Note(string name, string message) => wrong ??= Wrong(name, message);

    private Failure Wrong(string name, string message) => Failure.Invalid(name, $"{message} See {command} --help.");

    private void Add(string name, string value)
    {
        if (!given.TryAdd(name, [value]))
        {
            given[name].Add(value);
        }
    }

    private T? NoNumber<T>(string name, string wanted, string text)
        where T : struct
    {
        Note(name, $"{name} needs {wanted}, and {text} is none.{(text.Contains(',') ? " Write 0.5, not 0,5." : "")}");
        return null;
    }

    private static string Range<T>(T least, T most, T lowest, T highest)
        where T : IComparable<T> =>
        most.CompareTo(highest) < 0 ? FormattableString.Invariant($" from {least} to {most}")
        : least.CompareTo(lowest) > 0 ? FormattableString.Invariant($" from {least} up")
        : "";
}
