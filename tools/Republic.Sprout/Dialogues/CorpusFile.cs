using System.Reflection;

namespace Republic.Sprout.Dialogues;

/// <summary>The text files that are part of this assembly.</summary>
internal static class CorpusFile
{
    private const string Prefix = "sprout/";

    /// <summary>Their names without folder and ending, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary><c>== name</c> begins a section; empty lines and those that begin with <c>#</c> are left out.</summary>
    public static IEnumerable<CorpusSection> Sections(string file)
    {
        CorpusSection? section = null;
        foreach (var line in Lines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                if (section is not null)
                {
                    yield return section;
                }

                section = new CorpusSection(line[3..].Trim(), []);
                continue;
            }

            (section ?? throw new FormatException($"{file} has a line before its first section: {line}")).Lines.Add(line);
        }

        if (section is not null)
        {
            yield return section;
        }
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file)
            ?? throw new FormatException($"The corpus has no file called {file}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line.TrimEnd();
        }
    }
}
