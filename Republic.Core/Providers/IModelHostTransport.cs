namespace Republic.Core.Providers;

/// <summary>The way to the models that run here. The supervisor of the child process gives it; a test can put any handler in its place.</summary>
public interface IModelHostTransport
{
    HttpMessageHandler CreateHandler();
}
