using System.Net;

namespace Republic.Core.Knowledge.Vectors.Chroma;

/// <summary>The server did not do what it was asked. The message is for people.</summary>
public sealed class ChromaException(string message, HttpStatusCode? status = null, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;
}
