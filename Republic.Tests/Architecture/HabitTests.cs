using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

/// <summary>What analyzers and banned symbols cannot see, or could be told not to see.</summary>
public sealed class HabitTests
{
    [Fact]
    public void Nobody_waits_for_a_task_by_blocking_a_thread()
    {
        var banned = File.ReadAllText(Path.Combine(SourceFile.Root, "BannedSymbols.txt"));
        Assert.Contains("P:System.Threading.Tasks.Task`1.Result", banned);
        Assert.Contains("M:System.Threading.Tasks.Task.Wait", banned);
        Exceptions.AllowOnly(
            Exceptions.Blocking,
            from file in SourceFile.All
            from access in file.Nodes<MemberAccessExpressionSyntax>()
            where access.Name.Identifier.Text is "GetResult" or "WaitAll" or "WaitAny"
            select $"{file.At(access)}: {access}"
        );
    }

    [Fact]
    public void No_rule_is_switched_off_by_pragma() =>
        Exceptions.None(
            from file in SourceFile.All
            from trivia in file.Tree.DescendantTrivia()
            where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
            select $"{file.Path}: {trivia}"
        );

    [Fact]
    public void A_suppressed_rule_says_why() =>
        Exceptions.None(
            from file in SourceFile.All
            from attribute in file.Nodes<AttributeSyntax>()
            where attribute.Name.ToString() is "SuppressMessage" or "UnconditionalSuppressMessage"
            where !attribute.ToString().Contains("Justification", StringComparison.Ordinal)
            select file.At(attribute)
        );

    /// <summary>The two rules of style that hold. As analyzers all of that family would run, half of what analyzers cost, for advice that a build does not show.</summary>
    [Fact]
    public void Namespaces_have_no_braces_and_this_stands_only_where_a_parameter_has_the_name() =>
        Exceptions.None(
            (
                from file in SourceFile.All
                from space in file.Nodes<NamespaceDeclarationSyntax>()
                select $"{file.At(space)}: a namespace with braces"
            ).Concat(
                from file in SourceFile.All
                from access in file.Nodes<MemberAccessExpressionSyntax>()
                where access.Expression is ThisExpressionSyntax && char.IsLower(access.Name.Identifier.Text[0])
                where !IsParameter(access.Name.Identifier.Text, access)
                select $"{file.At(access)}: {access}"
            )
        );

    [Fact]
    public void No_test_is_skipped() =>
        Exceptions.None(
            from file in SourceFile.All
            from argument in file.Nodes<AttributeArgumentSyntax>()
            where argument.NameEquals?.Name.Identifier.Text is "Skip" or "Explicit"
            select file.At(argument)
        );

    [Fact]
    public void A_test_has_three_minutes_and_ten_where_that_has_a_reason() =>
        Exceptions.AllowOnly(
            Exceptions.Time,
            from file in SourceFile.All
            where file.Project == "Republic.Tests"
            from attribute in file.Nodes<AttributeSyntax>()
            where
                attribute.Name.ToString() is "Xunit.Fact" or "Xunit.Theory"
                || attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.Text is "Timeout") == true
            select $"{file.At(attribute)}: {attribute}"
        );

    [Fact]
    public void A_cancellation_token_comes_last_and_is_called_ct() =>
        Exceptions.None(
            from file in SourceFile.OfTheApp
            from list in file.Nodes<ParameterListSyntax>()
            let method = list.Parent as MethodDeclarationSyntax
            where method is not null
            let tokens = list.Parameters.Where(parameter => parameter.Type?.ToString() is "CancellationToken").ToList()
            where tokens.Count == 1
            let name = tokens[0].Identifier.Text
            // What overrides or implements something of the framework keeps its name for it (CA1725).
            where tokens[0] != list.Parameters[^1] || (name != "ct" && !HasBase(method))
            select $"{file.At(list)}: {list}"
        );

    /// <summary>Razor takes a method by such a name for a handler, which a request could then choose.</summary>
    [Fact]
    public void A_filter_of_a_page_model_is_no_handler()
    {
        var filters =
            from file in SourceFile.OfTheApp
            from method in file.Nodes<MethodDeclarationSyntax>()
            where method.Identifier.Text.StartsWith("OnPageHandler", StringComparison.Ordinal)
            where method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            select (
                At: $"{file.At(method)}: {method.Identifier}",
                IsMarked: method.AttributeLists.SelectMany(list => list.Attributes).Any(one => one.Name.ToString() is "NonHandler")
            );
        var all = filters.ToList();
        Assert.NotEmpty(all);
        Exceptions.None(all.Where(filter => !filter.IsMarked).Select(filter => filter.At));
    }

    /// <summary>Most tables refer to these rows: every insert that names one would wait.</summary>
    [Fact]
    public void People_citizens_and_minions_are_held_for_no_key_update() =>
        Exceptions.AllowOnly(
            Exceptions.Held,
            from file in SourceFile.OfTheApp
            from text in file.Nodes<InterpolatedStringExpressionSyntax>()
            let sql = text.ToString()
            where sql.EndsWith(" for update\"", StringComparison.Ordinal)
            where Array.Exists(["people", "citizens", "minions"], table => sql.Contains($" from {table} ", StringComparison.Ordinal))
            select $"{file.At(text)}: {sql}"
        );

    /// <summary>Written after its change, an entry that fails leaves the change without it.</summary>
    [Fact]
    public void An_entry_of_the_audit_log_is_saved_with_its_change_where_it_has_one() =>
        Exceptions.AllowOnly(
            Exceptions.Audited,
            from file in SourceFile.OfTheApp
            where file.Folder != "Audit"
            from call in file.Nodes<InvocationExpressionSyntax>()
            where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "WriteAsync" or "WriteForAsync" }
            where
                call.ToString() is var text
                && (text.StartsWith("audit.", StringComparison.Ordinal) || text.Contains("AuditActions.", StringComparison.Ordinal))
            select $"{file.At(call)}: {call.Expression}"
        );

    private static bool HasBase(MethodDeclarationSyntax method) => method.Parent is TypeDeclarationSyntax { BaseList: not null };

    private static bool IsParameter(string name, SyntaxNode at) =>
        at.Ancestors()
            .OfType<BaseMethodDeclarationSyntax>()
            .SelectMany(method => method.ParameterList.Parameters)
            .Any(parameter => parameter.Identifier.Text == name);
}
