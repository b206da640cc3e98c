namespace Republic.Tests.Architecture;

public sealed class MigrationTests
{
    /// <summary>
    /// EF writes the whole model beside each migration, thousands of lines that are compiled at every build. Only that of the newest is of
    /// use, and only while the migration is made; when the next one is added, its two attributes move into the migration.
    /// </summary>
    [Fact]
    public void Only_the_newest_migration_keeps_its_model()
    {
        var folder = Path.Combine(SourceFile.Root, "Republic.Core", "Data", "Migrations");
        var migrations = Directory
            .EnumerateFiles(folder, "*.cs")
            .Select(Path.GetFileName)
            .Where(name => name![0] == '2' && !name.EndsWith(".Designer.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        var models = Directory.EnumerateFiles(folder, "*.Designer.cs").Select(Path.GetFileName);

        Assert.Equal([migrations[^1]!.Replace(".cs", ".Designer.cs", StringComparison.Ordinal)], models);
        foreach (var name in migrations.SkipLast(1))
        {
            Assert.Contains($"[Migration(\"{name![..^3]}\")]", File.ReadAllText(Path.Combine(folder, name)), StringComparison.Ordinal);
        }
    }
}
