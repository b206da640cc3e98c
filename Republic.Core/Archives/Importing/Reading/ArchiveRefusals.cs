namespace Republic.Core.Archives.Importing.Reading;

/// <summary>Why an archive is refused as a whole, before anything of it is added.</summary>
internal static class ArchiveRefusals
{
    public static readonly Failure NoArchive = Invalid(
        "This is no archive of Republic. Choose the ZIP file that was made under Account, Your data."
    );

    public static readonly Failure Broken = Invalid(
        "This archive is not whole, or was changed. Nothing of it was imported: download it again."
    );

    public static Failure TooMany(int most) => Invalid($"This archive lists more than {Counted.Of(most)} files. It was not opened.");

    public static Failure TooLarge(long most) =>
        Invalid(
            $"This archive says that it unpacks to more than it can be: at most {ByteSize.Of(most)}, and not thousands of times its own size. It was not opened."
        );

    public static Failure Later(int format, string? version) =>
        Invalid(
            $"This archive was made by a later version of Republic{(version is null ? "" : $" ({ArchiveText.Plain(version, 50)})")}, in format {format}; this one reads up to {ArchiveFormat.Number}. Update Republic here, then import it again."
        );

    public static Failure Name(string name) =>
        Invalid(
            $"A file in this archive is called “{ArchiveText.Plain(name, 100)}”, which no archive of Republic has. Nothing of it was imported."
        );

    public static Failure Unlisted(string name) =>
        Invalid(
            $"{ArchiveText.Plain(name, 100)} is in this archive and not in its list, or the other way round. Nothing of it was imported."
        );

    public static Failure Changed(string name) =>
        Invalid(
            $"{ArchiveText.Plain(name, 100)} was changed since this archive was made. Nothing of it was imported: download the archive again."
        );

    private static Failure Invalid(string message) => Failure.Invalid("file", message);
}
