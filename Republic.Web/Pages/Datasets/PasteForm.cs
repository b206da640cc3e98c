using System.Text;

namespace Republic.Web.Pages.Datasets;

public sealed class PasteForm
{
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>A line break takes six bytes of a form, %0D%0A. Somewhat more is read, so that what is too long is said beside its field.</summary>
    public const int MaxBodyBytes = 8 * MaxBytes;

    public string? Name { get; set; }

    public string? Text { get; set; }

    /// <summary>As it was pasted: the form sends line breaks as CR LF.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes((Text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal));
}
