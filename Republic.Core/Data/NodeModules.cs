namespace Republic.Core.Data;

/// <summary>Finds what npm brought: beside the executable, or in any folder above it or above the current directory.</summary>
public static class NodeModules
{
    public static string? Find(string package) => Find(package, [AppContext.BaseDirectory, Directory.GetCurrentDirectory()]);

    public static string? Find(string package, IEnumerable<string> startingPoints) =>
        startingPoints
            .SelectMany(AndAllAbove)
            .Select(folder => Path.Combine(folder, "node_modules", package))
            .FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> AndAllAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
