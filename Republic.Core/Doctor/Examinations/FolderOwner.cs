namespace Republic.Core.Doctor.Examinations;

/// <summary>The account of the machine that a folder belongs to.</summary>
internal sealed record FolderOwner(string Id, string Name)
{
    /// <summary>Null where this machine cannot be asked.</summary>
    public static async Task<FolderOwner?> OfAsync(string folder, CancellationToken ct) =>
        OperatingSystem.IsLinux()
        && await ProgramOutput.OfAsync("stat", ["-c", "%u %U", folder], ct) is { } said
        && said.Split(' ') is [var id, var name]
        && IsId(id)
            ? new FolderOwner(id, name)
            : null;

    /// <summary>The id of the account that this process runs as.</summary>
    public static async Task<string?> OwnIdAsync(CancellationToken ct) =>
        OperatingSystem.IsLinux() && await ProgramOutput.OfAsync("id", ["-u"], ct) is { } id && IsId(id) ? id : null;

    private static bool IsId(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
