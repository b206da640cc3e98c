namespace Republic.Core.Llama.Gguf;

/// <summary>A file is no GGUF that may be given to llama.cpp. The message says what is wrong with it and what to do.</summary>
public sealed class GgufException(string fact, string advice = GgufException.DownloadAgain) : Exception($"{fact} {advice}")
{
    internal const string DownloadAgain = "The file is damaged or not what its name says; download it again, or take another one.";
    private const string UploadAgain = "The file is damaged or not what its name says; upload it again, or take another one.";
    internal const string TakeAnother = "Take a GGUF file made for llama.cpp.";

    /// <summary>The message for somebody who uploaded the file.</summary>
    public string UploadMessage => advice == DownloadAgain ? $"{fact} {UploadAgain}" : Message;
}
