namespace Republic.Core;

/// <summary>Replaces a file in one step, so that a reader, or the next start after a crash, never meets half of one.</summary>
internal static class AtomicFile
{
    /// <summary>The end of the name that a file has while it is written.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>Writes beside <paramref name="path"/>, waits until the disk holds it, and renames. A failure leaves the old file.</summary>
    /// <param name="isPrivate">Nobody but the owner may read it, where the system knows owners.</param>
    /// <exception cref="IOException">The disk is full, for example; nothing but the unfinished copy is lost.</exception>
    public static void Write(string path, Action<Stream> write, bool isPrivate = false)
    {
        var unfinished = path + Unfinished;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(unfinished, options))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e)
        {
            File.Delete(unfinished);
            // .NET reports a file that outgrows what the system allows as an argument out of range.
            if (e is ArgumentOutOfRangeException)
            {
                throw new IOException("The file grew larger than the disk allows.", e);
            }

            throw;
        }
    }
}
