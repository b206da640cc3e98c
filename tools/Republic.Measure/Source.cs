using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Measure;

/// <summary>One hand-written C# file of a project.</summary>
/// <param name="Path">Relative to the repository root, with forward slashes.</param>
internal sealed record Source(string Path, string Text, CompilationUnitSyntax Tree)
{
    public string Project => Path.Split('/')[0];

    /// <summary>The folder inside the project, with dots; empty for a file at its top.</summary>
    public string Folder => string.Join('.', Path.Split('/')[1..^1]);

    public string Namespace => Tree.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    public int Lines => Text.AsSpan().Count('\n');

    public IEnumerable<int> MethodLengths =>
        Nodes<BaseMethodDeclarationSyntax>().Cast<SyntaxNode>().Concat(Nodes<LocalFunctionStatementSyntax>()).Select(LinesOf);

    public IEnumerable<T> Nodes<T>()
        where T : class => Tree.DescendantNodes().OfType<T>();

    public static IReadOnlyList<Source> Read(string root, string project) =>
        [
            .. from file in Directory.EnumerateFiles(System.IO.Path.Combine(root, project), "*.cs", SearchOption.AllDirectories)
            let path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')
            where !path.Contains("/bin/") && !path.Contains("/obj/") && !path.Contains("/Migrations/")
            orderby path
            let text = File.ReadAllText(file)
            select new Source(path, text, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot()),
        ];

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
