using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

public sealed class SizeTests
{
    [Fact]
    public void A_file_has_at_most_300_lines() =>
        Exceptions.AllowOnly(
            Exceptions.Size,
            SourceFile.All.Where(file => file.Lines > 300).Select(file => $"{file.Path}: {file.Lines} lines")
        );

    [Fact]
    public void A_method_has_at_most_60_lines() =>
        Exceptions.None(
            from file in SourceFile.All
            from method in file.Nodes<BaseMethodDeclarationSyntax>().Cast<SyntaxNode>().Concat(file.Nodes<LocalFunctionStatementSyntax>())
            let lines = LinesOf(method)
            where lines > 60
            select $"{file.At(method)}: {lines} lines"
        );

    [Fact]
    public void A_constructor_has_at_most_6_parameters() =>
        Exceptions.None(
            from file in SourceFile.OfTheApp
            from parameters in file.Nodes<ConstructorDeclarationSyntax>()
                .Select(constructor => constructor.ParameterList)
                .Concat(file.Nodes<ClassDeclarationSyntax>().Select(type => type.ParameterList).OfType<ParameterListSyntax>())
            where parameters.Parameters.Count > 6
            select $"{file.At(parameters)}: {parameters.Parameters.Count} parameters"
        );

    [Fact]
    public void A_page_model_has_at_most_120_lines() =>
        Exceptions.None(
            SourceFile
                .OfTheApp.Where(file => file.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal) && file.Lines > 120)
                .Select(file => $"{file.Path}: {file.Lines}")
        );

    [Fact]
    public void The_program_has_fewer_than_60_lines() =>
        Assert.True(SourceFile.All.Single(file => file.Path == "Republic.Web/Program.cs").Lines < 60);

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
