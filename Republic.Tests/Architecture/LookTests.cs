using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

/// <summary>
/// Each page is looked at in a browser, by a test in which its address stands before a look and no other page is gone to in between.
/// </summary>
public sealed partial class LookTests
{
    private static readonly string[] Looks = ["AssertAccessibleAsync", "LookAsync"];
    private static readonly string[] Ways = ["GoAsync", "GotoAsync", "OpenAsync", "ArriveAsync", "GetAsync"];

    [Fact]
    public void Every_page_is_looked_at_in_a_browser()
    {
        var seen = (
            from file in SourceFile.All
            where file.Path.StartsWith("Republic.Tests/EndToEnd/", StringComparison.Ordinal)
            from method in file.Nodes<MethodDeclarationSyntax>()
            from address in LookedAt(method)
            select PageRoute.At(address)?.Path
        ).ToHashSet();

        Exceptions.AllowOnly(
            Exceptions.Look,
            from page in PageRoute.All
            where !seen.Contains(page.Path)
            select $"{page.Path}: no test looks at {page.Template}; give it a row in EndToEnd/Looks"
        );
    }

    private static IEnumerable<string> LookedAt(MethodDeclarationSyntax method)
    {
        List<string> waiting = [];
        foreach (var node in method.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && Looks.Contains(NameOf(call)))
            {
                // What it is given is looked at by itself.
                foreach (var address in waiting.Concat(call.ArgumentList.DescendantNodes().Select(AddressOf).OfType<string>()))
                {
                    yield return address;
                }

                waiting.Clear();
            }
            else if (AddressOf(node) is { } address)
            {
                if (node.Ancestors().OfType<InvocationExpressionSyntax>().Any(way => Ways.Contains(NameOf(way))))
                {
                    waiting.Clear();
                }

                waiting.Add(address);
            }
        }
    }

    /// <summary>An address that stands there as text, without its query; what is put into it is in braces.</summary>
    private static string? AddressOf(SyntaxNode node)
    {
        var text = node switch
        {
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax filled => string.Concat(
                filled.Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : "{}")
            ),
            _ => "",
        };
        text = AnyId().Replace(text, "{}");
        return text.StartsWith('/') ? text.Split('?', '#', '$', '\\')[0] : null;
    }

    private static string NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
            IdentifierNameSyntax name => name.Identifier.Text,
            _ => "",
        };

    /// <summary>As tests wait for addresses.</summary>
    [GeneratedRegex(@"\[0-9a-f-\](?:\{36\}|\+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyId();
}
