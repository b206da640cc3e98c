using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

/// <summary>One hand-written C# file of the repository.</summary>
/// <param name="Path">From the repository's root or its tools, with forward slashes.</param>
public sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Tree)
{
    private static readonly string[] Projects =
    [
        "Republic.Core",
        "Republic.Web",
        "Republic.Tests",
        "tools/Republic.MiniLm",
        "tools/Republic.Sprout",
    ];
    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Read()]);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> All => Files.Value;

    public static IEnumerable<SourceFile> OfTheApp => All.Where(file => !file.Path.StartsWith("Republic.Tests/", StringComparison.Ordinal));

    public string Project => Path.Split('/')[0];

    /// <summary>The noun: the first folder inside the project, empty for files at its top.</summary>
    public string Folder => Path.Split('/') is [_, var folder, _, ..] ? folder : "";

    public int Lines => Text.AsSpan().Count('\n');

    public IEnumerable<T> Nodes<T>()
        where T : class => Tree.DescendantNodes().OfType<T>();

    public string At(Microsoft.CodeAnalysis.SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static IEnumerable<SourceFile> Read() =>
        from project in Projects
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/').Replace("tools/", "", StringComparison.Ordinal)
        where !path.Contains("/bin/") && !path.Contains("/obj/") && !path.Contains("/Migrations/")
        let text = File.ReadAllText(file)
        select new SourceFile(path, text, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(at.FullName, "Republic.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("There is no Republic.sln above the tests.");
        }

        return at.FullName;
    }
}
