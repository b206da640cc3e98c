using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

public sealed class FolderTests
{
    private const int Most = 25;

    /// <summary>Page models and the forms they bind stand beside their page.</summary>
    [Fact]
    public void A_folder_of_core_or_web_has_at_most_25_files_of_its_own() =>
        Exceptions.None(
            from file in SourceFile.OfTheApp
            where !file.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal) && !file.Path.EndsWith("Form.cs", StringComparison.Ordinal)
            group file by Path.GetDirectoryName(file.Path) into folder
            where folder.Count() > Most
            select $"{folder.Key}: {folder.Count()} files"
        );

    [Fact]
    public void Nouns_of_core_use_each_other_in_one_direction()
    {
        var uses = (
            from file in SourceFile.All
            where file.Project == "Republic.Core" && file.Folder is not ("" or "Data")
            from line in file.Nodes<UsingDirectiveSyntax>()
            let used = line.NamespaceOrType.ToString().Split('.')
            where used is ["Republic", "Core", not "Data", ..] && used[2] != file.Folder
            select (From: file.Folder, To: used[2])
        ).ToHashSet();
        // Whoever uses nobody that is left cannot be part of a circle.
        while (uses.RemoveWhere(use => !uses.Any(next => next.From == use.To)) > 0) { }

        Exceptions.None(uses.Select(use => $"{use.From} uses {use.To}"));
    }

    [Fact]
    public void A_folder_bears_no_name_of_a_type_in_it() =>
        Exceptions.None(
            from file in SourceFile.OfTheApp
            let folder = Path.GetFileName(Path.GetDirectoryName(file.Path)!)
            from type in file.Nodes<BaseTypeDeclarationSyntax>()
            where type.Identifier.Text == folder
            select $"{file.Path}: {folder}"
        );
}
