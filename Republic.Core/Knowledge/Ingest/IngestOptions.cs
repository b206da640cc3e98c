namespace Republic.Core.Knowledge.Ingest;

/// <summary>What documents may cost. Settings below <c>Knowledge</c>.</summary>
public sealed class IngestOptions
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>The largest file that is taken, of any format.</summary>
    public long MaxFileBytes { get; set; } = 64 * Megabyte;

    /// <summary>The largest file of a format that is text itself.</summary>
    public long MaxTextBytes { get; set; } = 16 * Megabyte;

    /// <summary>What an archive such as a DOCX may unpack to.</summary>
    public long MaxUnpackedBytes { get; set; } = 64 * Megabyte;

    /// <summary>The most files in such an archive.</summary>
    public int MaxEntries { get; set; } = 5000;

    /// <summary>The longest text that is read of a file.</summary>
    public int MaxCharacters { get; set; } = 8_000_000;

    /// <summary>The most headings, paragraphs and rows of a file.</summary>
    public int MaxBlocks { get; set; } = 400_000;

    /// <summary>The most passages of one document.</summary>
    public int MaxPassages { get; set; } = 50_000;

    /// <summary>What all documents of one person may take on the disk.</summary>
    public long QuotaBytes { get; set; } = 2L * 1024 * Megabyte;

    /// <summary>How many files one form may carry.</summary>
    public int MaxFiles { get; set; } = 500;

    /// <summary>The program that reads PDF.</summary>
    public string PdfToText { get; set; } = "pdftotext";

    public TimeSpan PdfTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What that program may take of the memory.</summary>
    public long PdfBytes { get; set; } = 512 * Megabyte;
}
