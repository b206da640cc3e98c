using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Measure;

/// <summary>
/// Which folder of a project uses types of which other, read from syntax alone: a name counts as a type's where the type's namespace is
/// the file's own, one above it, or imported. A file that uses one type twice counts once.
/// </summary>
internal sealed class References
{
    private readonly Dictionary<(string From, string To), int> _counts = [];

    public References(IReadOnlyList<Source> files)
    {
        var declared = files
            .SelectMany(
                file => file.Nodes<BaseTypeDeclarationSyntax>(),
                (file, type) => (Name: type.Identifier.Text, file.Namespace, file.Folder)
            )
            .Distinct()
            .ToLookup(type => type.Name);
        foreach (var file in files)
        {
            var visible = Visible(file);
            var names = file.Nodes<SimpleNameSyntax>().Select(name => name.Identifier.Text).Distinct();
            var used = names.SelectMany(name => declared[name].Where(type => visible.Contains(type.Namespace)));
            foreach (var type in used.Where(type => type.Folder != file.Folder))
            {
                _counts[(file.Folder, type.Folder)] = _counts.GetValueOrDefault((file.Folder, type.Folder)) + 1;
            }
        }
    }

    /// <summary>Two folders that use each other, the pair with most references of its weaker side first.</summary>
    public IEnumerable<(string One, string Other, int Forth, int Back)> Cycles(Func<string, string> level) =>
        from use in Grouped(level)
        where string.CompareOrdinal(use.Key.From, use.Key.To) < 0
        let back = Grouped(level).GetValueOrDefault((use.Key.To, use.Key.From))
        where back > 0
        orderby Math.Min(use.Value, back) descending
        select (use.Key.From, use.Key.To, use.Value, back);

    private Dictionary<(string From, string To), int> Grouped(Func<string, string> level) =>
        _counts
            .GroupBy(use => (From: level(use.Key.From), To: level(use.Key.To)))
            .Where(group => group.Key.From != group.Key.To)
            .ToDictionary(group => group.Key, group => group.Sum(use => use.Value));

    private static HashSet<string> Visible(Source file)
    {
        var visible = file.Nodes<UsingDirectiveSyntax>().Select(line => line.NamespaceOrType.ToString()).ToHashSet();
        for (var own = file.Namespace; own.Length > 0; own = own[..Math.Max(own.LastIndexOf('.'), 0)])
        {
            visible.Add(own);
        }

        return visible;
    }
}
