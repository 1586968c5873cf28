namespace Simulant.Text.Code;

/// <summary>A language whose programs can be checked by running them.</summary>
public enum CodeLanguage
{
    /// <summary>C#, compiled here and run in a child process of this runtime; always there.</summary>
    CSharp,

    /// <summary>Python 3, where an interpreter is present.</summary>
    Python,

    /// <summary>JavaScript, where Node.js 20 or later is present.</summary>
    JavaScript,
}
