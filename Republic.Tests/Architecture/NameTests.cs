using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Republic.Core.Providers;

namespace Republic.Tests.Architecture;

public sealed class NameTests
{
    private static readonly string[] BannedEndings =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utility",
        "Processor",
        "Impl",
        "Service",
    ];
    private static readonly string[] BannedFolders =
    [
        "Services",
        "Repositories",
        "Handlers",
        "Models",
        "Common",
        "Helpers",
        "Utils",
        "Shared",
    ];

    [Fact]
    public void A_type_is_called_by_what_it_does() =>
        Exceptions.None(
            from file in SourceFile.All
            from type in file.Nodes<BaseTypeDeclarationSyntax>()
            // The framework's own word.
            where !type.Identifier.Text.EndsWith("TagHelper", StringComparison.Ordinal)
            where BannedEndings.Any(ending => type.Identifier.Text.EndsWith(ending, StringComparison.Ordinal))
            select $"{file.At(type)}: {type.Identifier.Text}"
        );

    [Fact]
    public void No_folder_is_a_layer() =>
        Exceptions.None(SourceFile.OfTheApp.Where(file => BannedFolders.Contains(file.Folder)).Select(file => file.Path));

    [Fact]
    public void A_file_of_the_app_holds_one_public_type_and_is_called_after_it() =>
        Exceptions.AllowOnly(
            Exceptions.Shape,
            from file in SourceFile.OfTheApp
            let types = file
                .Tree.Members.OfType<BaseNamespaceDeclarationSyntax>()
                .SelectMany(space => space.Members.OfType<MemberDeclarationSyntax>())
                .Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword))
                .Select(NameOf)
                .ToList()
            let expected = Path.GetFileName(file.Path).Split('.')[0]
            where types.Count > 1 || (types.Count == 1 && types[0] != expected && types[0] != expected + "Model")
            select $"{file.Path}: {string.Join(", ", types)}"
        );

    [Fact]
    public void A_namespace_is_its_folder() =>
        Exceptions.None(
            from file in SourceFile.All
            from space in file.Nodes<BaseNamespaceDeclarationSyntax>()
            let expected = string.Join('.', file.Path.Split('/')[..^1])
            where space.Name.ToString() != expected
            select $"{file.Path}: {space.Name} instead of {expected}"
        );

    [Fact]
    public void A_class_that_nobody_derives_from_is_sealed()
    {
        var bases = SourceFile
            .All.SelectMany(file => file.Nodes<SimpleBaseTypeSyntax>())
            .Select(type => type.Type.ToString().Split('<')[0])
            .ToHashSet();
        bases.UnionWith(
            SourceFile
                .All.SelectMany(file => file.Nodes<PrimaryConstructorBaseTypeSyntax>())
                .Select(type => type.Type.ToString().Split('<')[0])
        );
        SyntaxKind[] fine = [SyntaxKind.SealedKeyword, SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword];
        Exceptions.None(
            from file in SourceFile.OfTheApp
            from type in file.Nodes<TypeDeclarationSyntax>()
            where type is ClassDeclarationSyntax || type is RecordDeclarationSyntax && !type.Modifiers.Any(SyntaxKind.StructKeyword)
            where type is not RecordDeclarationSyntax { ClassOrStructKeyword.Text: "struct" }
            where !fine.Any(kind => type.Modifiers.Any(kind)) && !bases.Contains(type.Identifier.Text)
            select $"{file.At(type)}: {type.Identifier.Text}"
        );
    }

    [Fact]
    public void Vendors_are_named_in_the_catalogue_and_nowhere_else()
    {
        var vendors = ProviderCatalog
            .Embedded()
            .Rows.Select(row => row.Name)
            .Except(["local", "custom"])
            .Append("anthropic")
            .Distinct()
            .ToList();
        Assert.Contains("openai", vendors);
        Exceptions.AllowOnly(
            Exceptions.Vendor,
            from file in SourceFile.OfTheApp
            where !file.Path.StartsWith("Republic.Core/Providers/", StringComparison.Ordinal)
            from token in file.Tree.DescendantTokens()
            where vendors.Any(vendor => token.Text.Contains(vendor, StringComparison.OrdinalIgnoreCase))
            select $"{file.Path}: {token.Text}"
        );
    }

    private static string NameOf(MemberDeclarationSyntax member) =>
        member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => "?",
        };
}
