using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>What the verb of a command takes, such as <c>show</c> of <c>republic tasks</c>.</summary>
/// <param name="Words">For each word that must be given, the sentence that asks for it.</param>
/// <param name="Names">The options that have a value, beside <c>--url</c>.</param>
/// <param name="Switches">The options that have none.</param>
internal sealed record VerbForm(string[] Words, string[] Names, string[] Switches)
{
    /// <summary>Tells options from words, which are neither an option's name nor its value. A text may begin with one dash.</summary>
    /// <param name="command">As it is called, such as <c>republic tasks show</c>.</param>
    public (OptionReader Options, IReadOnlyList<string> Words) Read(string command, IReadOnlyList<string> args)
    {
        string[] names = ["--url", .. Names];
        List<string> words = [];
        List<string> options = [];
        for (var i = 0; i < args.Count; i++)
        {
            var isValue = i > 0 && names.Contains(args[i - 1]);
            (isValue || args[i].StartsWith("--", StringComparison.Ordinal) ? options : words).Add(args[i]);
        }

        return (new OptionReader(command, options, names, Switches), words);
    }

    /// <summary>The words, as many as the verb takes; empty where one is missing or too many, which is noted.</summary>
    public IReadOnlyList<string> Checked(OptionReader options, IReadOnlyList<string> words)
    {
        if (words.Count > Words.Length)
        {
            var extra = words[Words.Length];
            options.Note(extra, $"{extra} is one word too many. Put what has spaces in quotes.");
            return [];
        }

        var empty = words.Select(string.IsNullOrWhiteSpace).ToList().IndexOf(true);
        if (empty >= 0 || words.Count < Words.Length)
        {
            options.Note("word", Words[empty >= 0 ? empty : words.Count]);
            return [];
        }

        return words;
    }
}
