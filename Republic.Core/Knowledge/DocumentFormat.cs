namespace Republic.Core.Knowledge;

public enum DocumentFormat
{
    Text,
    Markdown,
    Html,
    Csv,
    Json,
    Docx,
    Pdf,
}
