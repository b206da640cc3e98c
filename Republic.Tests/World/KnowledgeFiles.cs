using System.IO.Compression;
using System.Text;

namespace Republic.Tests.World;

/// <summary>Documents as bytes, as other programs write them.</summary>
public static class KnowledgeFiles
{
    /// <summary>A Word document with a heading, a paragraph, a list, a table and a second heading whose style has a German id.</summary>
    public static byte[] Docx() =>
        Docx(
            """
            <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Returns</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">You can send it </w:t></w:r><w:r><w:t>back.</w:t></w:r><w:del><w:r><w:delText>Never.</w:delText></w:r></w:del></w:p>
            <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Keep the box</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Days</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>30</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>
            <w:p><w:r><w:t>None.</w:t></w:r></w:p>
            """
        );

    public static byte[] Docx(string body) =>
        Zip(
            ("[Content_Types].xml", "<Types/>"),
            (
                "word/styles.xml",
                """
                <w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
                <w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
                <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
                </w:styles>
                """
            ),
            (
                "word/document.xml",
                $"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"""
            )
        );

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>An archive whose one document unpacks to so many bytes.</summary>
    public static byte[] Bomb(long bytes, string name = "word/document.xml")
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
            var block = new byte[1 << 20];
            for (var left = bytes; left > 0; left -= block.Length)
            {
                entry.Write(block.AsSpan(0, (int)Math.Min(left, block.Length)));
            }
        }

        return stream.ToArray();
    }

    /// <summary>A PDF of so many pages, each with its line.</summary>
    public static byte[] Pdf(params string[] pages)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        void Object(string body)
        {
            places.Add(pdf.Length);
            pdf.Append($"{places.Count} 0 obj\n{body}\nendobj\n");
        }

        Object("<< /Type /Catalog /Pages 2 0 R >>");
        var kids = string.Join(' ', pages.Select((_, at) => $"{4 + at * 2} 0 R"));
        Object($"<< /Type /Pages /Kids [{kids}] /Count {pages.Length} >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        for (var at = 0; at < pages.Length; at++)
        {
            Object(
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + at * 2} 0 R >>"
            );
            var text = $"BT /F1 12 Tf 50 700 Td ({pages[at]}) Tj ET";
            Object($"<< /Length {text.Length} >>\nstream\n{text}\nendstream");
        }

        var xref = pdf.Length;
        pdf.Append($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(place => pdf.Append($"{place:0000000000} 00000 n \n"));
        pdf.Append($"trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
