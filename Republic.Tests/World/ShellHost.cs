namespace Republic.Tests.World;

/// <summary>The program as a child is started, with lines of a shell before it; they are run in a folder of its own.</summary>
public sealed class ShellHost : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public ShellHost(string before)
    {
        Path = System.IO.Path.Combine(folder.FullName, "republic");
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var program = System.IO.Path.Combine(AppContext.BaseDirectory, "republic.dll");
        File.WriteAllText(Path, $"#!/usr/bin/env bash\ncd '{folder.FullName}'\n{before}\nexec '{dotnet}' '{program}' \"$@\"\n");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>Writes a file that the lines may read.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(folder.FullName, name), text);

    public void Dispose() => folder.Delete(recursive: true);
}
