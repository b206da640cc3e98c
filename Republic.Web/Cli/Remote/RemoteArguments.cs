using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Web.Cli.Remote.Verbs;

namespace Republic.Web.Cli.Remote;

/// <summary>The command line of a verb of <see cref="RemoteVerbs"/>. Options that the verb does not take have their default.</summary>
internal sealed record RemoteArguments(string Verb, Uri Server)
{
    /// <summary>The given model: an id of the catalogue or a URL for <c>pull</c>, else a name or id; empty where the verb takes none.</summary>
    public string Model { get; private init; } = "";

    public bool Json { get; private init; }

    public bool Detach { get; private init; }

    /// <summary>Whether nothing is asked before a model is deleted.</summary>
    public bool Yes { get; private init; }

    /// <summary>The given name or id of a minion; null where none was given.</summary>
    public string? Minion { get; private init; }

    /// <summary>The body of the verb's request; empty where it sends none.</summary>
    public JsonObject Body { get; private init; } = new();

    /// <summary>Parses the arguments after the verb; the failure names the first wrong or missing one.</summary>
    /// <param name="address">The value of <see cref="RemoteAddress.Variable"/>; null where it is not set.</param>
    public static Outcome<RemoteArguments> Parse(string verb, IReadOnlyList<string> args, string? address)
    {
        if (!RemoteVerbs.All.TryGetValue(verb, out var form))
        {
            return Failure.Invalid("verb", $"There is no command \"{verb}\". See republic --help.");
        }

        string[] names = ["--url", .. form.Options];
        var (words, rest) = Split(args, names);
        var options = new OptionReader($"republic {verb}", rest, names, form.Switches);
        var server = RemoteAddress.Read(options, address);
        var isComplete = HasWords(options, verb, form, words);
        var read = new RemoteArguments(verb, server)
        {
            Model = words is [var model, ..] ? model : "",
            Json = options.Has("--json"),
            Detach = options.Has("--detach"),
            Yes = options.Has("--yes"),
            Minion = options.Text("--minion"),
            Body = isComplete ? form.Body(options, words) : new(),
        };
        return options.Problem is { } problem ? problem : read;
    }

    /// <summary>The words that are neither an option's name nor its value, and the rest.</summary>
    private static (List<string> Words, List<string> Options) Split(IReadOnlyList<string> args, string[] names)
    {
        List<string> words = [];
        List<string> options = [];
        for (var i = 0; i < args.Count; i++)
        {
            var isValue = i > 0 && names.Contains(args[i - 1]);
            (isValue || args[i].StartsWith('-') ? options : words).Add(args[i]);
        }

        return (words, options);
    }

    private static bool HasWords(OptionReader options, string verb, RemoteVerb form, List<string> words)
    {
        if (words.Count > form.Words.Length)
        {
            options.Note(words[^1], $"{words[^1]} is one word too many for republic {verb}.");
            return false;
        }

        var missing = form.Words.Where((_, at) => at >= words.Count || words[at].Length == 0).FirstOrDefault();
        if (missing is not null)
        {
            options.Note("word", missing);
        }

        return missing is null;
    }
}
